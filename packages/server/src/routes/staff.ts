import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { mount } from "./mount.ts";

/** The routes of staff sign-in. */
export function staffRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.signIn, async (call) => {
    const { token } = await call.body();
    context.signInTries.check(call.address);
    const { staff, cookies } = await context.staff.signIn(token).catch((error: unknown) => {
      if (error instanceof Refusal) context.signInTries.note(call.address);
      throw error;
    });
    await recordEvent(context.store.db, {
      at: context.now(),
      actor: `staff:${staff.email}`,
      action: "staff.signed-in",
    });
    return call.json(staff, cookies);
  });
  mount(app, endpoints.signOut, async (call) => {
    await context.staff.require(call.request);
    return call.none(await context.staff.signOut(call.request));
  });
  mount(app, endpoints.me, async (call) => call.json(await context.staff.require(call.request)));
}
