import { endpoints } from "@longwave/api";
import {
  COMMENT_LIMITS,
  type Publication,
  renderCommentTerms,
  renderFeed,
  renderOwnComment,
} from "@longwave/findings";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { scrambledAddress } from "../access/address.ts";
import { NAME_COOKIE, readCookie, setCookie } from "../access/cookies.ts";
import { checkSameOrigin } from "../access/same-origin.ts";
import type { ServerContext } from "../context.ts";
import { careNeeded } from "../discussion/careful-words.ts";
import { isSolved } from "../discussion/challenge.ts";
import { addTeamComment, decide, moderationQueue } from "../discussion/moderate.ts";
import { editOwn, editUntil, ownComment, removeOwn } from "../discussion/own-comment.ts";
import { plainLine } from "../discussion/plain-text.ts";
import { type SentComment, submitComment, tooOften } from "../discussion/submit.ts";
import { shown } from "../discussion/view.ts";
import { Refusal } from "../errors.ts";
import { doors } from "../pages/links.ts";
import { publicationWithDiscussion } from "../pages/publication-page.ts";
import { newestShown } from "../store/queries/comments.ts";
import { latestPublication, publicationByHash } from "../store/queries/publications.ts";
import type { CommentTable } from "../store/schema-results.ts";
import { publicationAddress, requireStudy } from "../studies/summary.ts";
import { mountStudy } from "./mount-staff.ts";
import { notFoundPage } from "./pages.ts";

const HALF_YEAR_SECONDS = 182 * 24 * 3600;
const LARGEST_FORM = 40_000;

/** The discussion: the form of readers, the page of one's own comment, the feed, and the team's queue. */
export function discussionRoutes(app: Hono, context: ServerContext): void {
  app.use("/findings/:study/comments", bodyLimit({ maxSize: LARGEST_FORM }));
  app.use("/comment/*", bodyLimit({ maxSize: LARGEST_FORM }));
  app.post("/findings/:study/comments", (c) => receive(c, context));
  // Where a form that came back stands; who loads it anew finds the page it belongs to.
  app.get("/findings/:study/comments", (c) =>
    c.redirect(`/findings/${encodeURIComponent(c.req.param("study"))}#discussion`),
  );
  app.get("/findings/:study/comments.atom", (c) => feed(c, context));
  app.get("/findings/:study/terms", (c) => terms(c, context));
  app.get("/comment/:token", (c) => ownPage(c, context));
  app.post("/comment/:token/edit", (c) => changeOwn(c, context, "edit"));
  app.post("/comment/:token/remove", (c) => changeOwn(c, context, "remove"));
  mountStudy(app, context, endpoints.comments, async (call) => {
    const { state } = call.query();
    return call.json(await moderationQueue(context, call.study.id, state));
  });
  mountStudy(app, context, endpoints.decideComment, async (call) => {
    const decision = await call.body();
    const place = { study: call.study.id, comment: call.path.comment };
    return call.json(await decide(context, place, { decision, actor: call.staff.email }));
  });
  mountStudy(app, context, endpoints.teamComment, async (call) => {
    const request = await call.body();
    return call.json(await addTeamComment(context, call.study.id, { request, actor: call.staff }));
  });
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

async function readForm(c: Context): Promise<SentComment & { readonly remember: boolean }> {
  const form = await c.req.formData();
  return {
    name: text(form, "name"),
    email: text(form, "email"),
    body: text(form, "body"),
    kind: text(form, "kind"),
    agreed: text(form, "agreed") === "yes",
    parent: text(form, "parent"),
    website: text(form, "website"),
    challenge: text(form, "challenge"),
    solution: text(form, "solution"),
    remember: text(form, "remember") === "yes",
  };
}

/** Counts by a scrambled form of the address that nobody can turn back; forms without a solved puzzle count stricter. */
function checkLimit(c: Context, context: ServerContext, sent: SentComment): void {
  const address = scrambledAddress(c.req.raw, c.env);
  const solved = isSolved(context.commentKey, sent, context.now());
  const limit = solved ? context.commentTries : context.plainCommentTries;
  limit.check(address);
  limit.note(address);
}

async function receive(c: Context, context: ServerContext): Promise<Response> {
  checkSameOrigin(c.req.raw, context.publicOrigin);
  const study = c.req.param("study") ?? "";
  const latest = await latestPublication(context.store.db, study);
  const row = latest && (await publicationByHash(context.store.db, study, latest.hash));
  if (row === undefined) return notFoundPage(c, context);
  const sent = await readForm(c);
  const { language } = JSON.parse(row.bundle) as Publication;
  try {
    checkLimit(c, context, sent);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = tooOften(language);
    const form = { typed: sent, mistakes: [{ field: "body" as const, message }], replyTo: sent.parent };
    return c.html(await publicationWithDiscussion(c, context, row, form), 429);
  }
  const outcome = await submitComment(context, { study, publication: row.hash, language }, sent);
  if (outcome.kind === "mistakes") {
    const form = { typed: sent, mistakes: outcome.mistakes, replyTo: sent.parent };
    return c.html(await publicationWithDiscussion(c, context, row, form), 422);
  }
  const address =
    outcome.kind === "saved" ? `/comment/${outcome.token}` : publicationAddress(study, row.hash);
  const headers = new Headers({ location: address, "cache-control": "no-store" });
  rememberInto(headers, c, { sent, secure: context.secureCookies });
  return new Response(null, { status: 303, headers });
}

/** Keeps the name on the device when the box is ticked; without the tick one that is kept there is forgotten. */
function rememberInto(
  headers: Headers,
  c: Context,
  { sent, secure }: { readonly sent: Awaited<ReturnType<typeof readForm>>; readonly secure: boolean },
): void {
  const name = encodeURIComponent(plainLine(sent.name).slice(0, COMMENT_LIMITS.name));
  if (sent.remember) {
    headers.append("set-cookie", setCookie(NAME_COOKIE, name, { maxAgeSeconds: HALF_YEAR_SECONDS, secure }));
  } else if (readCookie(c.req.raw, NAME_COOKIE) !== undefined) {
    headers.append("set-cookie", setCookie(NAME_COOKIE, "", { maxAgeSeconds: 0, secure }));
  }
}

async function ownPage(c: Context, context: ServerContext): Promise<Response> {
  const comment = await ownComment(context, c.req.param("token") ?? "");
  if (comment === undefined) return notFoundPage(c, context);
  return present(c, context, comment);
}

async function present(c: Context, context: ServerContext, comment: CommentTable): Promise<Response> {
  const study = await requireStudy(context, comment.study);
  const row = await publicationByHash(context.store.db, comment.study, comment.publication);
  const language = row === undefined ? "en" : (JSON.parse(row.bundle) as Publication).language;
  const { helpText } = context.compiler.protocol(study).safety;
  const page = renderOwnComment(
    {
      state: comment.state as "pending",
      body: comment.body,
      reason: comment.reason,
      editUntil: editUntil(comment, context.now()),
      help: careNeeded(comment.body) === null ? null : (helpText[language] ?? helpText.en ?? null),
      address: `/comment/${c.req.param("token") ?? ""}`,
      page: publicationAddress(comment.study, comment.publication),
    },
    { css: context.css, links: doors, language },
  );
  c.header("cache-control", "no-store");
  return c.html(page);
}

async function changeOwn(c: Context, context: ServerContext, what: "edit" | "remove"): Promise<Response> {
  checkSameOrigin(c.req.raw, context.publicOrigin);
  const token = c.req.param("token") ?? "";
  // The words are read first: what the comment is must be known when they are written, not when they began to arrive.
  const words = what === "edit" ? text(await c.req.formData(), "body") : "";
  const comment = await ownComment(context, token);
  if (comment === undefined || comment.state === "removed") return notFoundPage(c, context);
  if (what === "remove") await removeOwn(context, comment);
  else await editOwn(context, comment, words);
  return c.redirect(`/comment/${token}`, 303);
}

/** The terms of the discussion, at an address of their own. */
async function terms(c: Context, context: ServerContext): Promise<Response> {
  const study = c.req.param("study") ?? "";
  const latest = await latestPublication(context.store.db, study);
  const row = latest && (await publicationByHash(context.store.db, study, latest.hash));
  if (row === undefined) return notFoundPage(c, context);
  const { language, study: summary } = JSON.parse(row.bundle) as Publication;
  const back = `${publicationAddress(study, row.hash)}#write`;
  return c.html(
    renderCommentTerms({ css: context.css, links: doors, language, back, team: summary.contact }),
  );
}

async function feed(c: Context, context: ServerContext): Promise<Response> {
  const study = c.req.param("study") ?? "";
  const latest = await latestPublication(context.store.db, study);
  const row = latest && (await publicationByHash(context.store.db, study, latest.hash));
  if (row === undefined) return notFoundPage(c, context);
  const comments = (await newestShown(context.store.db, study)).map(shown);
  const origin = context.origin();
  const {
    language,
    study: { question },
  } = JSON.parse(row.bundle) as Publication;
  const body = renderFeed({
    title: question,
    language,
    page: origin + publicationAddress(study, row.hash),
    self: `${origin}/findings/${encodeURIComponent(study)}/comments.atom`,
    comments,
    updatedAt: comments[0]?.at ?? Number(row.published_at),
  });
  return new Response(body, { headers: { "content-type": "application/atom+xml; charset=utf-8" } });
}
