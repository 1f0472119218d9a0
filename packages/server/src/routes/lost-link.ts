import { type LostLink, type Publication, renderLostLink } from "@longwave/findings";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { checkSameOrigin } from "../access/same-origin.ts";
import type { ServerContext } from "../context.ts";
import { requestCommentLinks } from "../mail/comment-links.ts";
import { doors } from "../pages/links.ts";
import { latestPublication, publicationByHash } from "../store/queries/publications.ts";
import { LARGEST_LINK_FORM, linkFormStatus, takeAskedAddress } from "./asked-address.ts";
import { notFoundPage } from "./pages.ts";

/** The page on which readers ask for the links of their comments: complete without script, the same for everyone. */
export function lostLinkRoutes(app: Hono, context: ServerContext): void {
  app.use("/findings/:study/comments/lost", bodyLimit({ maxSize: LARGEST_LINK_FORM }));
  app.get("/findings/:study/comments/lost", (c) => present(c, context, async () => "form"));
  app.post("/findings/:study/comments/lost", (c) => {
    checkSameOrigin(c.req.raw, context.publicOrigin);
    return present(c, context, (language) => ask(c, context, language));
  });
}

function ask(
  c: Context,
  context: ServerContext,
  language: Publication["language"],
): Promise<LostLink["state"]> {
  const study = c.req.param("study") ?? "";
  return takeAskedAddress(c, context, (email) => requestCommentLinks(context, { study, email, language }));
}

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
  return c.html(renderLostLink({ of: "comments", state, address, page }, options), linkFormStatus[state]);
}
