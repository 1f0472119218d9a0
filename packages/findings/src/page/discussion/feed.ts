import { escapeHtml } from "../html.ts";
import type { ShownComment } from "./types.ts";

export interface FeedInput {
  readonly title: string;
  /** Address of the page the comments stand on. */
  readonly page: string;
  /** Address of the feed itself. */
  readonly self: string;
  /** Newest first. */
  readonly comments: readonly ShownComment[];
  readonly updatedAt: number;
}

/** The newest comments as an Atom feed (RFC 4287). */
export function renderFeed({ title, page, self, comments, updatedAt }: FeedInput): string {
  const entries = comments.map(
    (comment) => `<entry>
<id>${escapeHtml(`${page}#comment-${comment.id}`)}</id>
<title>${escapeHtml(`${comment.name}: ${comment.body.slice(0, 60)}`)}</title>
<link href="${escapeHtml(`${page}#comment-${comment.id}`)}"/>
<updated>${new Date(comment.at).toISOString()}</updated>
<author><name>${escapeHtml(comment.name)}</name></author>
<content type="text">${escapeHtml(comment.body)}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escapeHtml(page)}</id>
<title>${escapeHtml(title)}</title>
<link href="${escapeHtml(page)}"/>
<link rel="self" href="${escapeHtml(self)}"/>
<updated>${new Date(updatedAt).toISOString()}</updated>
${entries.join("\n")}
</feed>
`;
}
