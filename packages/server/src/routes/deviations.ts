import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { planForm, planRecord, recordDeviation } from "../deviations/record.ts";
import { reportingList, reportingPage } from "../publications/reporting.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of the locked plan, of departures from it, and of the reporting list. */
export function deviationRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.plan, async (call) => {
    return call.json(await planRecord(context, call.study));
  });
  mountStudy(app, context, endpoints.preregistration, async (call) => {
    return call.json(await planForm(context, call.study));
  });
  mountStudy(app, context, endpoints.recordDeviation, async (call) => {
    const request = await call.body();
    return call.json(await recordDeviation(context, call.study, request, call.staff));
  });
  mountStudy(app, context, endpoints.reporting, async (call) => {
    return call.json(await reportingList(context, call.study));
  });
  mountStudy(app, context, endpoints.reportingPage, async (call) => {
    return call.html(await reportingPage(context, call.study));
  });
}
