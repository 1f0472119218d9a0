import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import { requireOfSite } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { personById } from "../store/queries/people.ts";
import { personCalendar, studyCalendar } from "../studies/calendar.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of what is to come, for a study and for one person. */
export function calendarRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.calendar, async (call) => {
    const { asOf } = call.query();
    return call.json(await studyCalendar(context, call.study, asOf));
  });
  mountStudy(app, context, endpoints.personCalendar, async (call) => {
    const { asOf } = call.query();
    const { study, member } = call;
    const { person } = call.path;
    requireOfSite(member, await personById(context.store.db, study.id, person), person);
    return call.json(await personCalendar(context, study, { person, asOf }));
  });
}
