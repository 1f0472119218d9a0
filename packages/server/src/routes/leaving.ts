import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import { requireVerified, requireVisit } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { leave } from "../people/leave.ts";
import { removePerson } from "../people/remove.ts";
import { mount } from "./mount.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of leaving a study: erasing oneself asks for a one-time code (ruling 24). */
export function leavingRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.leaveStudy, async (call) => {
    const { way } = await call.body();
    const entitled = way === "erase" ? requireVerified : requireVisit;
    const { person, cookie } = await entitled(context, call.request);
    const { id, at } = await leave(context, {
      study: person.study,
      person: person.id,
      way: way === "ask_erase" ? "stop_keep" : way,
      actor: `person:${person.id}`,
      asksErasure: way === "ask_erase",
    });
    return call.json({ id, way, at }, [cookie]);
  });
  mountStudy(app, context, endpoints.removePerson, async (call) => {
    const request = await call.body();
    return call.json({ standing: await removePerson(context, call, call.path.person, request) });
  });
}
