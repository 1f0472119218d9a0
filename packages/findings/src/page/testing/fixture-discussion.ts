import type { Discussion, ShownComment } from "../discussion/types.ts";

const comment = (id: string, more: Partial<ShownComment> = {}): ShownComment => ({
  id,
  gone: false,
  name: "Kari",
  isTeam: false,
  at: Date.UTC(2026, 10, 3, 9),
  editedByTeam: false,
  kind: null,
  body: "For me it only ups the pain.",
  ...more,
});

/** A discussion with everything in it: kinds, answers, a badge, a mark, a comment taken away, a page to turn. */
export const discussionFixture: Discussion = {
  threads: [
    {
      ...comment("a", { kind: "walking" }),
      replies: [comment("b", { isTeam: true, name: "Ada" })],
      replyCount: 7,
    },
    { ...comment("c", { gone: true, name: "", body: "" }), replies: [comment("d")], replyCount: 1 },
    {
      ...comment("e", {
        editedByTeam: true,
        kind: "weights",
        body: "See https://example.org/a, it says more.",
      }),
      replies: [],
      replyCount: 0,
    },
  ],
  total: 5,
  page: 2,
  pages: 3,
  alone: false,
  kinds: [
    {
      kind: "walking",
      count: 3,
      newest: "For me it only ups the pain.",
      address: "/f?kind=walking#discussion",
    },
    { kind: "weights", count: 1, newest: "word ".repeat(60), address: "/f?kind=weights#discussion" },
  ],
  kind: null,
  action: "/findings/exercise-and-pain/comments",
  feed: "/findings/exercise-and-pain/comments.atom",
  lostLink: "/findings/exercise-and-pain/comments/lost",
  terms: "/findings/exercise-and-pain/terms",
  allAddress: "/f#discussion",
  threadAddress: (id) => `/f?thread=${id}#discussion`,
  pageAddress: (page) => `/f?comments=${page}#discussion`,
  replyAddress: (id) => `/f?reply=${id}#write`,
  replyTo: null,
  challenge: "abc.def",
  challengeBits: 12,
  typed: { name: "", email: "", body: "", kind: "", agreed: false },
  remembered: false,
  mistakes: [],
  exposure: "exercise",
};
