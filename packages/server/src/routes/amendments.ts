import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import { amendStudy, previewAmendment } from "../amendments/amend.ts";
import { studyVersions } from "../amendments/history.ts";
import type { ServerContext } from "../context.ts";
import { requireStudy, summarize } from "../studies/summary.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of versions and amendments. */
export function amendmentRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.versions, async (call) => {
    return call.json(await studyVersions(context, call.study));
  });
  mountStudy(app, context, endpoints.previewAmendment, async (call) => {
    return call.json(await previewAmendment(context, call.study, await call.body()));
  });
  mountStudy(app, context, endpoints.amendStudy, async (call) => {
    await amendStudy(context, call.study, await call.body(), call.staff);
    return call.json(await summarize(context, await requireStudy(context, call.study.id), call.member));
  });
}
