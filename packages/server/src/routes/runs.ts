import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { cancel } from "../jobs/cancel.ts";
import { individualPage } from "../jobs/individual.ts";
import { presentRun, requireReport, requireRun } from "../jobs/present.ts";
import { startRun } from "../jobs/start.ts";
import { publish } from "../publications/publish.ts";
import { latestRuns } from "../store/queries/runs.ts";
import { requireStudy } from "../studies/summary.ts";
import { mount } from "./mount.ts";

const MOST_RUNS = 50;

/** The routes of runs and publications. */
export function runRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.startRun, async (call) => {
    const request = await call.body();
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(presentRun(await startRun(context, study, staff, request)));
  });
  mount(app, endpoints.runs, async (call) => {
    await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json((await latestRuns(context.store.db, study.id, MOST_RUNS)).map(presentRun));
  });
  mount(app, endpoints.cancelRun, async (call) => {
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(presentRun(await cancel(context, study, call.path.run, staff.email)));
  });
  mount(app, endpoints.run, async (call) => {
    await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(presentRun(await requireRun(context, study.id, call.path.run)));
  });
  mount(app, endpoints.runReport, async (call) => {
    await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.html(await requireReport(context, study.id, call.path.run));
  });
  mount(app, endpoints.individualFigures, async (call) => {
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.html(await individualPage(context, study, staff.email));
  });
  mount(app, endpoints.publish, async (call) => {
    const request = await call.body();
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(await publish(context, study, request, staff.email));
  });
}
