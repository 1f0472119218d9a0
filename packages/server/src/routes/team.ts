import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { changeMember, inviteMember, removeMember, teamOf } from "../team/team.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of the team of a study. */
export function teamRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.team, async (call) => call.json(await teamOf(context, call)));
  mountStudy(app, context, endpoints.inviteMember, async (call) => {
    const request = await call.body();
    return call.json(await inviteMember(context, call, request));
  });
  mountStudy(app, context, endpoints.changeMember, async (call) => {
    const request = await call.body();
    return call.json(await changeMember(context, call, request));
  });
  mountStudy(app, context, endpoints.removeMember, async (call) => {
    const { email } = await call.body();
    return call.json(await removeMember(context, call, email));
  });
}
