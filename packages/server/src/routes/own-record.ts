import { endpoints } from "@longwave/api";
import { renderOwnCopy } from "@longwave/findings";
import type { Hono } from "hono";
import { requireVerified, requireVisit, type Visit } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { readOutCode } from "../mail/one-time-code.ts";
import { ownCopy } from "../participant/own-copy.ts";
import { chooseSessions, isHiddenByRound, ownRecord } from "../participant/own-record.ts";
import { requireStudy } from "../studies/summary.ts";
import { mount } from "./mount.ts";

const demonstrator = { id: "demonstration", email: "demonstration", name: "demonstration" };

/** The routes of a person's own record: past answers only after a one-time code (ruling 24). */
export function ownRecordRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.ownRecord, async (call) => {
    const visit = await requireVisit(context, call.request);
    countRecord(context, visit);
    const isHidden = await isHiddenByRound(context, visit.person);
    const { person, cookie } = isHidden ? visit : await requireVerified(context, call.request);
    const record = await ownRecord(context, person);
    // The round may have ended in between: what is handed out decides, not what was true before.
    if (isHidden && record.feedback.kind === "record") await requireVerified(context, call.request);
    return call.json(record, [cookie, visit.cookie]);
  });
  mount(app, endpoints.chooseSessions, async (call) => {
    const { show } = await call.body();
    const { person, cookie } = await verifiedVisit(context, call.request);
    await chooseSessions(context, person, show);
    return call.json(await ownRecord(context, person), [cookie]);
  });
  mount(app, endpoints.ownCopy, async (call) => {
    const { person, cookie } = await verifiedVisit(context, call.request);
    return call.json(await ownCopy(context, person), [cookie]);
  });
  mount(app, endpoints.ownCopyPage, async (call) => {
    const { person } = await verifiedVisit(context, call.request);
    return call.html(renderOwnCopy(await ownCopy(context, person)));
  });
  mount(app, endpoints.shownCode, async (call) => {
    const { person, cookie } = await requireVisit(context, call.request);
    context.codeRequests.check(call.address);
    context.codeRequests.note(call.address);
    const study = await requireStudy(context, person.study);
    if (!study.tryIt) throw onlyForTrying();
    const asked = { purpose: "past_answers", staff: demonstrator } as const;
    return call.json(await readOutCode(context, study, person.id, asked), [cookie]);
  });
}

/** A visit with a code typed in it, and not too many requests for it: a record takes more than a page to make. */
async function verifiedVisit(context: ServerContext, request: Request): Promise<Visit> {
  const visit = await requireVerified(context, request);
  countRecord(context, visit);
  return visit;
}

function countRecord(context: ServerContext, { person }: Visit): void {
  const key = `${person.study} ${person.id}`;
  context.recordRequests.check(key);
  context.recordRequests.note(key);
}

function onlyForTrying() {
  return refuse(
    "session.not-verified",
    "a study that anyone may try, where nobody has an address",
    "a real study",
    "Ask for a code by e-mail, or write to the study team.",
  );
}
