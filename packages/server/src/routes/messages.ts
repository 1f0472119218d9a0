import { endpoints } from "@longwave/api";
import { renderMessage } from "@longwave/findings";
import type { Context, Hono } from "hono";
import { requireOfSite } from "../access/names.ts";
import { countingRefusals } from "../access/rate-limit.ts";
import { requireVisit } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { CODE_MINUTES, readOutCode, redeemCode, requestCode } from "../mail/one-time-code.ts";
import { addressedBy, endContact, type NotMe, stopFor } from "../mail/stop.ts";
import { notMeWords } from "../mail/templates/not-me-words.ts";
import { stopWords } from "../mail/templates/stop-words.ts";
import { messagesPage, repeatMessage } from "../mail/view.ts";
import { doors } from "../pages/links.ts";
import { personById } from "../store/queries/people.ts";
import { mount } from "./mount.ts";
import { mountStudy } from "./mount-staff.ts";
import { notFoundPage } from "./pages.ts";

/** The routes of messages: one-time codes, the outbox as staff see it, and the address that stops messages. */
export function messageRoutes(app: Hono, context: ServerContext): void {
  codeRoutes(app, context);
  mountStudy(app, context, endpoints.messages, async (call) => {
    const query = call.query();
    return call.json(await messagesPage(context, call, query));
  });
  mountStudy(app, context, endpoints.repeatMessage, async (call) => {
    const { reason } = await call.body();
    return call.json(await repeatMessage(context, call, { id: call.path.message, reason }));
  });
  app.get("/stop/:token", (c) => stopPage(c, context, "ask"));
  app.post("/stop/:token", (c) => stopPage(c, context, "stop"));
  app.get("/not-me/:token", (c) => notMePage(c, context));
  app.post("/not-me/:token/:why", (c) => contactEnded(c, context));
}

function codeRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.requestCode, async (call) => {
    const { purpose } = await call.body();
    const { person, cookie } = await requireVisit(context, call.request);
    context.codeRequests.check(call.address);
    context.codeRequests.note(call.address);
    await requestCode(context, person, purpose);
    return call.json({ minutes: CODE_MINUTES }, [cookie]);
  });
  mount(app, endpoints.redeemCode, async (call) => {
    const { purpose, code } = await call.body();
    context.codeTries.check(call.address);
    const redeemed = redeemCode(context, call.request, { purpose, typed: code });
    const { verifiedUntil, cookie } = await redeemed.catch(countingRefusals(context.codeTries, call.address));
    return call.json({ verifiedUntil }, [cookie]);
  });
  mountStudy(app, context, endpoints.readOutCode, async (call) => {
    const { purpose } = await call.body();
    const { study, member } = call;
    requireOfSite(member, await personById(context.store.db, study.id, call.path.person), call.path.person);
    return call.json(
      await readOutCode(context, call.study, call.path.person, { purpose, staff: call.staff }),
    );
  });
}

/**
 * Opening the address changes nothing, since mail scanners open every address: a press of the button does, or the
 * button of a mail program, which posts from another site (RFC 8058) and needs no cookie.
 */
async function stopPage(c: Context, context: ServerContext, what: "ask" | "stop"): Promise<Response> {
  const found = await addressedBy(context, "stop", c.req.param("token") ?? "");
  if (found === undefined) return notFoundPage(c, context);
  if (what === "stop") await stopFor(context, found);
  const words = stopWords[found.language];
  c.header("cache-control", "no-store");
  const { css } = context;
  const page =
    what === "ask" ? { ...words.ask, post: { words: words.button, address: c.req.path } } : words.done;
  return c.html(renderMessage({ css, links: doors, language: found.language, ...page }));
}

/** The page on which someone says why they should not have been written to; opening it changes nothing. */
async function notMePage(c: Context, context: ServerContext): Promise<Response> {
  const found = await addressedBy(context, "not-me", c.req.param("token") ?? "");
  if (found === undefined) return notFoundPage(c, context);
  const { title, sentences, wrongPerson, deceased } = notMeWords[found.language];
  const choices = [
    { words: wrongPerson, address: `${c.req.path}/wrong_person` },
    { words: deceased, address: `${c.req.path}/deceased` },
  ];
  c.header("cache-control", "no-store");
  const { css } = context;
  return c.html(renderMessage({ css, links: doors, language: found.language, title, sentences, choices }));
}

const reasons: readonly NotMe[] = ["wrong_person", "deceased"];

async function contactEnded(c: Context, context: ServerContext): Promise<Response> {
  const found = await addressedBy(context, "not-me", c.req.param("token") ?? "");
  const why = reasons.find((each) => each === c.req.param("why"));
  if (found === undefined || why === undefined) return notFoundPage(c, context);
  await endContact(context, found, why);
  c.header("cache-control", "no-store");
  const { css } = context;
  return c.html(
    renderMessage({ css, links: doors, language: found.language, ...notMeWords[found.language].done }),
  );
}
