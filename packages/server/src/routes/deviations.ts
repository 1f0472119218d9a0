import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { planForm, planRecord, recordDeviation } from "../deviations/record.ts";
import { reportingList, reportingPage } from "../publications/reporting.ts";
import { requireStudy } from "../studies/summary.ts";
import { mount } from "./mount.ts";

/** The routes of the locked plan, of departures from it, and of the reporting list. */
export function deviationRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.plan, async (call) => {
    await context.staff.require(call.request);
    return call.json(await planRecord(context, await requireStudy(context, call.path.study)));
  });
  mount(app, endpoints.preregistration, async (call) => {
    await context.staff.require(call.request);
    return call.json(await planForm(context, await requireStudy(context, call.path.study)));
  });
  mount(app, endpoints.recordDeviation, async (call) => {
    const request = await call.body();
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(await recordDeviation(context, study, request, staff));
  });
  mount(app, endpoints.reporting, async (call) => {
    await context.staff.require(call.request);
    return call.json(await reportingList(context, await requireStudy(context, call.path.study)));
  });
  mount(app, endpoints.reportingPage, async (call) => {
    await context.staff.require(call.request);
    return call.html(await reportingPage(context, await requireStudy(context, call.path.study)));
  });
}
