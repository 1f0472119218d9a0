import { type Discussion, type Publication, renderPage, type TypedComment } from "@longwave/findings";
import type { Context } from "hono";
import { NAME_COOKIE, readCookie } from "../access/cookies.ts";
import type { ServerContext } from "../context.ts";
import { discussionOf, NOTHING_TYPED } from "../discussion/view.ts";
import { successorOf } from "../store/queries/publications.ts";
import { studyById } from "../store/queries/studies.ts";
import type { PublicationTable } from "../store/schema-results.ts";
import { publicationAddress } from "../studies/summary.ts";
import { publicationLinks } from "./links.ts";

/** A comment form that came back: what was typed and what is missing. */
export interface ReturnedForm {
  readonly typed?: TypedComment;
  readonly mistakes?: Discussion["mistakes"];
  readonly replyTo?: string;
}

/** The page of a publication with the discussion under it, as this visitor asked for it. */
export async function publicationWithDiscussion(
  c: Context,
  context: ServerContext,
  row: PublicationTable,
  form: ReturnedForm = {},
): Promise<string> {
  const publication = JSON.parse(row.bundle) as Publication;
  const successor = await successorOf(context.store.db, row.study, row.hash);
  const { replaces } = publication;
  const more = { origin: context.origin(), replaces, ...(successor ? { supersededBy: successor.hash } : {}) };
  const remembered = rememberedName(c);
  const discussion = await discussionOf(context, {
    study: row.study,
    address: publicationAddress(row.study, row.hash),
    page: Number(c.req.query("comments") ?? 1) || 1,
    kind: c.req.query("kind") || undefined,
    thread: c.req.query("thread"),
    replyTo: form.replyTo ?? c.req.query("reply"),
    exposure: await exposureOf(context, row.study, publication.language),
    typed: form.typed ?? { ...NOTHING_TYPED, name: remembered, kind: c.req.query("kind") ?? "" },
    remembered: remembered !== "",
    mistakes: form.mistakes ?? [],
  });
  const links = publicationLinks(row.study, row.hash, more);
  return renderPage(publication, {
    css: context.css,
    links,
    discussion,
    publishedAt: Number(row.published_at),
  });
}

/** The name a reader asked this device to remember; what is not one of our cookies counts as none. */
function rememberedName(c: Context): string {
  try {
    return decodeURIComponent(readCookie(c.req.raw, NAME_COOKIE) ?? "");
  } catch {
    return "";
  }
}

/** The exposure of a study in words, to ask what kind is meant. */
async function exposureOf(context: ServerContext, id: string, language: "en" | "nb"): Promise<string> {
  const study = await studyById(context.store.db, id);
  if (study === undefined) return "";
  const { label } = context.compiler.protocol(study).plan.variables.exposure;
  return label[language] ?? label.en ?? "";
}
