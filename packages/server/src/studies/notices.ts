import type { Language } from "@longwave/api";
import type { Protocol } from "@longwave/study";

/** The pages of a study that everyone may read, in the order in which links to them stand. */
export const noticeKinds = ["privacy", "terms"] as const;

/** Which of those pages. */
export type NoticeKind = (typeof noticeKinds)[number];

/** The stable address of a page of a study; it opens in this language. */
function noticeAddress(study: string, kind: NoticeKind, language: Language): string {
  return `/about/${encodeURIComponent(study)}/${kind}?language=${language}`;
}

/** The page on which those who take part ask for their link. */
export function lostLinkAddress(study: string, language: Language): string {
  return `/about/${encodeURIComponent(study)}/lost-link?language=${language}`;
}

/** The addresses of the pages that a study text has. */
export function noticeAddresses(
  study: string,
  protocol: Pick<Protocol, NoticeKind>,
  language: Language,
): Partial<Record<NoticeKind, string>> {
  const there = noticeKinds.filter((kind) => protocol[kind] !== undefined);
  return Object.fromEntries(there.map((kind) => [kind, noticeAddress(study, kind, language)]));
}
