import type { Language } from "@longwave/api";
import { renderNotice } from "@longwave/findings";
import type { Context, Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { doors } from "../pages/links.ts";
import { studyById } from "../store/queries/studies.ts";
import { noticeKinds } from "../studies/notices.ts";
import { notFoundPage } from "./pages.ts";

/** The privacy notice and the terms of a study: from its text, at addresses that stay, readable without script. */
export function noticeRoutes(app: Hono, context: ServerContext): void {
  app.get("/about/:study/:kind", (c) => noticePage(c, context));
}

async function noticePage(c: Context, context: ServerContext): Promise<Response> {
  const study = await studyById(context.store.db, c.req.param("study") ?? "");
  const kind = noticeKinds.find((each) => each === c.req.param("kind"));
  if (study === undefined || study.phase === "design" || kind === undefined) return notFoundPage(c, context);
  const protocol = context.compiler.protocol(study);
  const notice = protocol[kind];
  if (notice === undefined) return notFoundPage(c, context);
  const wanted = c.req.query("language");
  const language: Language =
    protocol.languages.find((each) => each === wanted) ?? protocol.languages[0] ?? "en";
  const page = {
    notice,
    study: study.title,
    contact: protocol.contact,
    ...(kind === "privacy" && protocol.retention),
    version: study.protocolVersion,
    languages: protocol.languages,
    address: `/about/${encodeURIComponent(study.id)}/${kind}`,
  };
  return c.html(renderNotice(page, { css: context.css, links: doors, language }));
}
