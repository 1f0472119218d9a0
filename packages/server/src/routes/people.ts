import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { addPeopleFromText } from "../people/add.ts";
import { peoplePage } from "../people/page.ts";
import { rotateLink } from "../people/rotate-link.ts";
import { requireStudy } from "../studies/summary.ts";
import { mount } from "./mount.ts";

/** The routes of the people of a study. */
export function peopleRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.people, async (call) => {
    const query = call.query();
    await context.staff.require(call.request);
    return call.json(await peoplePage(context, await requireStudy(context, call.path.study), query));
  });
  mount(app, endpoints.addPeople, async (call) => {
    const request = await call.body();
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json(await addPeopleFromText(context, study, request, staff));
  });
  mount(app, endpoints.personLink, async (call) => {
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    return call.json({ link: await rotateLink(context, study, call.path.person, staff) });
  });
}
