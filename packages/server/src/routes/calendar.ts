import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { personCalendar, studyCalendar } from "../studies/calendar.ts";
import { requireStudy } from "../studies/summary.ts";
import { mount } from "./mount.ts";

/** The routes of what is to come, for a study and for one person. */
export function calendarRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.calendar, async (call) => {
    const { asOf } = call.query();
    await context.staff.require(call.request);
    return call.json(await studyCalendar(context, await requireStudy(context, call.path.study), asOf));
  });
  mount(app, endpoints.personCalendar, async (call) => {
    const { asOf } = call.query();
    await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(await personCalendar(context, study, { person: call.path.person, asOf }));
  });
}
