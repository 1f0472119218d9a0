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
import { requireStudy } from "../studies/summary.ts";
import { mount } from "./mount.ts";

/** The routes of de-identified releases. */
export function releaseRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.releases, async (call) => {
    await context.staff.require(call.request);
    return call.json(await listReleases(context, await requireStudy(context, call.path.study)));
  });
  mount(app, endpoints.previewRelease, async (call) => {
    const request = await call.body();
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(await startPreview(context, study, request, staff.email));
  });
  mount(app, endpoints.releaseDraftReport, async (call) => {
    await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.html(await draftReport(context, study.id));
  });
  mount(app, endpoints.keepRelease, async (call) => {
    const { draft } = await call.body();
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(await keepRelease(context, study, draft, staff.email));
  });
  mount(app, endpoints.releaseReport, async (call) => {
    await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.html(await reportOf(context, await requireVersion(context, study.id, call.path.number)));
  });
  mount(app, endpoints.releaseFile, async (call) => {
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    const version = await requireVersion(context, study.id, call.path.number);
    const name = `${fileName(study.id, version.number)}.zip`;
    return call.file(await downloadOf(context, version, staff.email), name);
  });
  mount(app, endpoints.addRecipient, async (call) => {
    const request = await call.body();
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    const version = await requireVersion(context, study.id, call.path.number);
    return call.json(await recordRecipient(context, version, request, staff.email));
  });
}
