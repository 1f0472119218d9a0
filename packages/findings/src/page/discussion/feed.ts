import type { Language } from "../../publication/types.ts";
import { escapeHtml } from "../html.ts";
import type { ShownComment } from "./types.ts";
import { discussionWords } from "./words.ts";

export interface FeedInput {
  readonly title: string;
  readonly language: Language;
  /** Address of the page the comments stand on. */
  readonly page: string;
  /** Address of the feed itself. */
  readonly self: string;
  /** Newest first. */
  readonly comments: readonly ShownComment[];
  readonly updatedAt: number;
}

/** The newest comments as an Atom feed (RFC 4287). */
export function renderFeed({ title, language, page, self, comments, updatedAt }: FeedInput): string {
  const words = discussionWords(language);
  const nameOf = ({ name, isTeam }: ShownComment): string => (isTeam ? `${name} (${words.team})` : name);
  const entries = comments.map(
    (comment) => `<entry>
<id>${escapeHtml(`${page}#comment-${comment.id}`)}</id>
<title>${escapeHtml(`${nameOf(comment)}: ${comment.body.slice(0, 60)}`)}</title>
<link href="${escapeHtml(`${page}#comment-${comment.id}`)}"/>
<updated>${new Date(comment.at).toISOString()}</updated>
<author><name>${escapeHtml(nameOf(comment))}</name></author>
<content type="text">${escapeHtml(comment.body)}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${escapeHtml(page)}</id>
<title>${escapeHtml(`${title} ${words.title}`)}</title>
<link href="${escapeHtml(page)}"/>
<link rel="self" href="${escapeHtml(self)}"/>
<updated>${new Date(updatedAt).toISOString()}</updated>
${entries.join("\n")}
</feed>
`;
}
