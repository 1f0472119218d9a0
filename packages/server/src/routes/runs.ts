import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { cancel } from "../jobs/cancel.ts";
import { individualPage } from "../jobs/individual.ts";
import { presentRun, requireReport, requireRun } from "../jobs/present.ts";
import { startRun } from "../jobs/start.ts";
import { publish } from "../publications/publish.ts";
import { latestRuns } from "../store/queries/runs.ts";
import { mountStudy } from "./mount-staff.ts";

const MOST_RUNS = 50;

/** The routes of runs and publications. */
export function runRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.startRun, async (call) => {
    const request = await call.body();
    return call.json(presentRun(await startRun(context, call.study, call.staff, request)));
  });
  mountStudy(app, context, endpoints.runs, async (call) => {
    return call.json((await latestRuns(context.store.db, call.study.id, MOST_RUNS)).map(presentRun));
  });
  mountStudy(app, context, endpoints.cancelRun, async (call) => {
    return call.json(presentRun(await cancel(context, call.study, call.path.run, call.staff.email)));
  });
  mountStudy(app, context, endpoints.run, async (call) => {
    return call.json(presentRun(await requireRun(context, call.study.id, call.path.run)));
  });
  mountStudy(app, context, endpoints.runReport, async (call) => {
    return call.html(await requireReport(context, call.study.id, call.path.run));
  });
  mountStudy(app, context, endpoints.individualFigures, async (call) => {
    return call.html(await individualPage(context, call.study, call.staff.email));
  });
  mountStudy(app, context, endpoints.publish, async (call) => {
    const request = await call.body();
    return call.json(await publish(context, call.study, request, call.staff.email));
  });
}
