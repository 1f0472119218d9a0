import { type LostLink, type Publication, renderLostLink } from "@longwave/findings";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { scrambledAddress } from "../access/address.ts";
import { checkSameOrigin } from "../access/same-origin.ts";
import type { ServerContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { requestCommentLinks } from "../mail/comment-links.ts";
import { doors } from "../pages/links.ts";
import { isEmail } from "../people/email.ts";
import { latestPublication, publicationByHash } from "../store/queries/publications.ts";
import { notFoundPage } from "./pages.ts";

const LARGEST_FORM = 4_000;

/** The page on which readers ask for the links of their comments: complete without script, the same for everyone. */
export function lostLinkRoutes(app: Hono, context: ServerContext): void {
  app.use("/findings/:study/comments/lost", bodyLimit({ maxSize: LARGEST_FORM }));
  app.get("/findings/:study/comments/lost", (c) => present(c, context, async () => "form"));
  app.post("/findings/:study/comments/lost", (c) => {
    checkSameOrigin(c.req.raw, context.publicOrigin);
    return present(c, context, (language) => ask(c, context, language));
  });
}

async function ask(
  c: Context,
  context: ServerContext,
  language: Publication["language"],
): Promise<LostLink["state"]> {
  const typed = (await c.req.formData()).get("email");
  const email = typeof typed === "string" ? typed.trim() : "";
  if (!isEmail(email) || email.length > 254) return "no address";
  const address = scrambledAddress(c.req.raw, c.env);
  try {
    context.lostLinkTries.check(address);
  } catch (error) {
    if (error instanceof Refusal) return "too many";
    throw error;
  }
  context.lostLinkTries.note(address);
  await requestCommentLinks(context, { study: c.req.param("study") ?? "", email, language });
  return "asked";
}

const statuses = { form: 200, asked: 200, "no address": 422, "too many": 429 } as const;

async function present(
  c: Context,
  context: ServerContext,
  act: (language: Publication["language"]) => Promise<LostLink["state"]>,
): Promise<Response> {
  const study = c.req.param("study") ?? "";
  const latest = await latestPublication(context.store.db, study);
  const row = latest && (await publicationByHash(context.store.db, study, latest.hash));
  if (row === undefined) return notFoundPage(c, context);
  const { language } = JSON.parse(row.bundle) as Publication;
  const state = await act(language);
  const address = `/findings/${encodeURIComponent(study)}/comments/lost`;
  const page = `/findings/${encodeURIComponent(study)}#discussion`;
  c.header("cache-control", "no-store");
  const options = { css: context.css, links: doors, language };
  return c.html(renderLostLink({ of: "comments", state, address, page }, options), statuses[state]);
}
