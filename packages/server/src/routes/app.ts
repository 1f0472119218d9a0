import type { Problem } from "@longwave/api";
import { problem } from "@longwave/api";
import { renderMessage } from "@longwave/findings";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { secureHeadersInto } from "../access/headers.ts";
import { checkJson, checkSameOrigin } from "../access/same-origin.ts";
import type { ServerContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { doors } from "../pages/links.ts";
import { amendmentRoutes } from "./amendments.ts";
import { calendarRoutes } from "./calendar.ts";
import { contactRoutes } from "./contact.ts";
import { dataRoutes } from "./data.ts";
import { deviationRoutes } from "./deviations.ts";
import { discussionRoutes } from "./discussion.ts";
import { entryRoutes } from "./entry.ts";
import { problemOf } from "./failures.ts";
import { fileRoutes } from "./files.ts";
import { importRoutes } from "./imports.ts";
import { inboxRoutes } from "./inbox.ts";
import { joinRoutes } from "./join.ts";
import { leavingRoutes } from "./leaving.ts";
import { lostLinkRoutes } from "./lost-link.ts";
import { messageRoutes } from "./messages.ts";
import { noticeRoutes } from "./notices.ts";
import { ownLinkRoutes } from "./own-link.ts";
import { ownRecordRoutes } from "./own-record.ts";
import { notFoundPage, pageRoutes } from "./pages.ts";
import { participantRoutes } from "./participant.ts";
import { peopleRoutes } from "./people.ts";
import { qualityRoutes } from "./quality.ts";
import { recruitmentRoutes } from "./recruitment.ts";
import { releaseRoutes } from "./releases.ts";
import { patternOf, tellRequests } from "./request-log.ts";
import { runRoutes } from "./runs.ts";
import { staffRoutes } from "./staff.ts";
import { studyRoutes } from "./studies.ts";
import { teamRoutes } from "./team.ts";

const LARGEST_FORM = 200_000;

/** The whole server as one function from request to response. */
export function createApp(context: ServerContext): Hono {
  const app = new Hono();
  tellRequests(app, context);
  app.use("*", async (c, next) => {
    await next();
    secureHeadersInto(c.res, { path: c.req.path, secure: context.secureCookies });
  });
  const smaller = compress();
  app.use("*", (c, next) => (mayBeSmaller(c) ? smaller(c, next) : next()));
  // No name holds the character NUL, and PostgreSQL fails on it.
  app.use("*", async (c, next) => (/%00/.test(c.req.url) ? c.notFound() : next()));
  app.use("/api/*", async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      checkSameOrigin(c.req.raw, context.publicOrigin);
      checkJson(c.req.raw);
    }
    await next();
  });
  // Bodies of the API are counted where they are read, after the rules have let their sender in; the others are forms.
  const form = bodyLimit({ maxSize: LARGEST_FORM, onError: (c) => c.text("This form is too long.", 413) });
  app.use("*", (c, next) => (isApi(c) ? next() : form(c, next)));
  participantRoutes(app, context);
  ownRecordRoutes(app, context);
  staffRoutes(app, context);
  teamRoutes(app, context);
  studyRoutes(app, context);
  amendmentRoutes(app, context);
  peopleRoutes(app, context);
  entryRoutes(app, context);
  contactRoutes(app, context);
  importRoutes(app, context);
  leavingRoutes(app, context);
  calendarRoutes(app, context);
  runRoutes(app, context);
  releaseRoutes(app, context);
  dataRoutes(app, context);
  deviationRoutes(app, context);
  discussionRoutes(app, context);
  lostLinkRoutes(app, context);
  joinRoutes(app, context);
  ownLinkRoutes(app, context);
  noticeRoutes(app, context);
  recruitmentRoutes(app, context);
  inboxRoutes(app, context);
  qualityRoutes(app, context);
  messageRoutes(app, context);
  pageRoutes(app, context);
  fileRoutes(app, context);
  app.notFound((c) => (isApi(c) ? present(nothingHere(c.req.path)) : notFoundPage(c, context)));
  app.onError((error, c) => failure(error, c, context));
  return app;
}

/**
 * Answers of the API, the page of one's own comment, a form that comes back and a page for someone with a cookie hold
 * secrets beside words that others may choose; compressed, their length would tell something about them (Gluck,
 * Harris & Prado 2013, "BREACH").
 */
function mayBeSmaller(c: Context): boolean {
  const { path, method } = c.req;
  if (path.startsWith("/api/") || path.startsWith("/comment/")) return false;
  return method === "GET" && c.req.header("cookie") === undefined;
}

function isApi(c: Context): boolean {
  return c.req.path.startsWith("/api/");
}

/** Refusals speak for themselves; anything else is written down here and told without its inside. */
function failure(error: unknown, c: Context, context: ServerContext): Response | Promise<Response> {
  if (!(error instanceof Refusal)) context.log(`${c.req.method} ${patternOf(c)} failed: ${String(error)}`);
  if (isApi(c)) return present(problemOf(error));
  const page = renderMessage({
    css: context.css,
    links: doors,
    title: "This page could not be made",
    sentences: ["Something went wrong on our side.", "Nothing is lost.", "Try again in a minute."],
  });
  return c.html(page, 500);
}

function present(given: Problem): Response {
  return new Response(JSON.stringify(given), {
    status: given.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

function nothingHere(path: string): Problem {
  return problem("request.not-found", {
    expected: "an address of /openapi.json",
    found: path,
    remedy: "Check the address.",
  });
}
