export type { BlindReportOptions } from "./blind-page.ts";
export { renderBlindReport } from "./blind-page.ts";
export { type FeedInput, renderFeed } from "./discussion/feed.ts";
export { type LostLink, renderLostLink } from "./discussion/lost-link-page.ts";
export { type OwnComment, renderOwnComment } from "./discussion/own-comment-page.ts";
export { renderCommentTerms } from "./discussion/terms-page.ts";
export {
  COMMENT_LIMITS,
  type CommentField,
  type Discussion,
  type ShownComment,
  type Thread,
  type TypedComment,
} from "./discussion/types.ts";
export type { FrontLinks, FrontPageOptions, PublicStudy } from "./front-page.ts";
export { renderFindingsList, renderFrontPage } from "./front-page.ts";
export { escapeHtml } from "./html.ts";
export type { IndividualPageOptions } from "./individual-page.ts";
export { renderIndividualReport } from "./individual-page.ts";
export { renderJoinPage } from "./join/join-page.ts";
export type { JoinClosed, JoinPage, JoinQuestion, JoinStep } from "./join/types.ts";
export type { MessageOptions } from "./message-page.ts";
export { renderMessage, renderNotFound } from "./message-page.ts";
export { renderNotice } from "./notice-page.ts";
export type { PageLinks } from "./page-links.ts";
export { figureDrawing } from "./parts/figure-frame.ts";
export { previewDrawing, previewFile } from "./preview-drawing.ts";
export type { RenderPageOptions } from "./render-page.ts";
export { renderPage } from "./render-page.ts";
