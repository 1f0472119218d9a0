import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import { requireVisit } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { handleMessage, inboxPage } from "../inbox/desk.ts";
import { writeToTeam } from "../inbox/write.ts";
import { mount } from "./mount.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of what people write to the study team. */
export function inboxRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.writeToTeam, async (call) => {
    const request = await call.body();
    const { person, cookie } = await requireVisit(context, call.request);
    return call.json(await writeToTeam(context, person, request), [cookie]);
  });
  mountStudy(app, context, endpoints.inbox, async (call) => call.json(await inboxPage(context, call)));
  mountStudy(app, context, endpoints.handleMessage, async (call) => {
    const request = await call.body();
    return call.json(await handleMessage(context, call, { id: call.path.message, request }));
  });
}
