import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import { askPasskey, beginPasskey, finishPasskey, provePasskey, removePasskey } from "../access/passkeys.ts";
import { countingRefusals } from "../access/rate-limit.ts";
import { accountOf, beginSecondFactor, proveSecondFactor } from "../access/second-factor.ts";
import { endSessions } from "../access/sessions.ts";
import type { ServerContext } from "../context.ts";
import { requestSignIn } from "../mail/staff-links.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { mount } from "./mount.ts";
import { mountStaff } from "./mount-staff.ts";

/** The routes of staff sign-in and of one's own account. */
export function staffRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.signIn, async (call) => {
    const { token } = await call.body();
    context.signInTries.check(call.address);
    const device = call.request.headers.get("user-agent");
    const counting = countingRefusals(context.signInTries, call.address);
    const { staff, cookies } = await context.staff.signIn(token, device).catch(counting);
    await recordEvent(context.store.db, {
      at: context.now(),
      actor: `staff:${staff.email}`,
      action: "staff.signed-in",
    });
    return call.json(staff, cookies);
  });
  mount(app, endpoints.requestSignIn, async (call) => {
    const { email } = await call.body();
    context.signInRequests.check(call.address);
    context.signInRequests.note(call.address);
    await requestSignIn(context, email);
    return call.none();
  });
  mountStaff(app, context, endpoints.signOut, async (call) =>
    call.none(await context.staff.signOut(call.request)),
  );
  mountStaff(app, context, endpoints.me, async (call) => call.json(call.staff));
  accountRoutes(app, context);
}

function accountRoutes(app: Hono, context: ServerContext): void {
  mountStaff(app, context, endpoints.account, async (call) =>
    call.json(await accountOf(context, call.session)),
  );
  mountStaff(app, context, endpoints.beginSecondFactor, async (call) => {
    const { answer, cookies } = await beginSecondFactor(context, call.request, call.session);
    return call.json(answer, cookies);
  });
  mountStaff(app, context, endpoints.proveSecondFactor, async (call) => {
    const { code } = await call.body();
    const { answer, cookies } = await proveSecondFactor(context, call, code);
    return call.json(answer, cookies);
  });
  mountStaff(app, context, endpoints.beginPasskey, async (call) =>
    call.json(await beginPasskey(context, call.session)),
  );
  mountStaff(app, context, endpoints.addPasskey, async (call) =>
    call.json(await finishPasskey(context, call.session, await call.body())),
  );
  mountStaff(app, context, endpoints.askPasskey, async (call) =>
    call.json(await askPasskey(context, call.session)),
  );
  mountStaff(app, context, endpoints.provePasskey, async (call) => {
    const { signed } = await call.body();
    return call.json(await provePasskey(context, call.session, signed));
  });
  mountStaff(app, context, endpoints.removePasskey, async (call) => {
    const { passkey } = await call.body();
    return call.json(await removePasskey(context, call.session, passkey));
  });
  mountStaff(app, context, endpoints.endSessions, async (call) => {
    const { session } = await call.body();
    await endSessions(context, call.session, session);
    return call.json(await accountOf(context, call.session));
  });
}
