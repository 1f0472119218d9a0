import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import {
  downloadOf,
  draftReport,
  keepRelease,
  listReleases,
  recordRecipient,
  reportOf,
  requireVersion,
} from "../releases/keep.ts";
import { fileName } from "../releases/make.ts";
import { startPreview } from "../releases/preview.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of de-identified releases. */
export function releaseRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.releases, async (call) => {
    return call.json(await listReleases(context, call.study));
  });
  mountStudy(app, context, endpoints.previewRelease, async (call) => {
    const request = await call.body();
    return call.json(await startPreview(context, call.study, request, call.staff.email));
  });
  mountStudy(app, context, endpoints.releaseDraftReport, async (call) => {
    return call.html(await draftReport(context, call.study.id));
  });
  mountStudy(app, context, endpoints.keepRelease, async (call) => {
    const { draft } = await call.body();
    return call.json(await keepRelease(context, call.study, draft, call.staff.email));
  });
  mountStudy(app, context, endpoints.releaseReport, async (call) => {
    return call.html(await reportOf(context, await requireVersion(context, call.study.id, call.path.number)));
  });
  mountStudy(app, context, endpoints.releaseFile, async (call) => {
    const version = await requireVersion(context, call.study.id, call.path.number);
    const name = `${fileName(call.study.id, version.number)}.zip`;
    return call.file(await downloadOf(context, version, call.staff.email), name);
  });
  mountStudy(app, context, endpoints.addRecipient, async (call) => {
    const request = await call.body();
    const version = await requireVersion(context, call.study.id, call.path.number);
    return call.json(await recordRecipient(context, version, request, call.staff.email));
  });
}
