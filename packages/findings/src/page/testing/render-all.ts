import { publicCss } from "@longwave/figure/tokens";
import { renderBlindReport } from "../blind-page.ts";
import { renderOwnComment } from "../discussion/own-comment-page.ts";
import { renderCommentTerms } from "../discussion/terms-page.ts";
import { type FrontPageOptions, renderFindingsList, renderFrontPage } from "../front-page.ts";
import { renderMessage, renderNotFound } from "../message-page.ts";
import type { PageLinks } from "../page-links.ts";
import { renderPage } from "../render-page.ts";
import { publicationFixture } from "./fixture.ts";
import { besideFixture } from "./fixture-beside.ts";
import { blindFixture } from "./fixture-blind.ts";
import { discussionFixture } from "./fixture-discussion.ts";

export const pageLinks: PageLinks = {
  home: "/",
  findings: "/findings",
  takePart: "/p",
  console: "/console",
  bundle: "/findings/exercise-and-pain/5f1d/publication.json",
  replication: "/findings/exercise-and-pain/5f1d/replication.R",
  citation: "/findings/exercise-and-pain/5f1d/CITATION.cff",
  bibtex: "/findings/exercise-and-pain/5f1d/citation.bib",
  table: (name) => `/findings/exercise-and-pain/5f1d/tables/${name}`,
  figure: (id, kind) => `/findings/exercise-and-pain/5f1d/figures/${id}.${kind}`,
};

const studies: FrontPageOptions["studies"] = [
  {
    id: "exercise-and-pain",
    title: "Exercise and pain (simulated people)",
    question: "Does exercise go with less chronic pain?",
    simulated: true,
    phase: "published",
    publication: {
      hash: "5f1dd8e0",
      publishedAt: Date.UTC(2026, 10, 2),
      lead: publicationFixture.answer.lead,
      graphic: publicationFixture.findings[0]?.graphic ?? "",
    },
    tryIt: false,
  },
  {
    id: "try",
    title: "Exercise and pain (try it)",
    question: "Does exercise go with less chronic pain?",
    simulated: true,
    phase: "recruiting",
    tryIt: true,
  },
];

/** Every public page as HTML text, by name; `fontsPath` says where the letters are. */
export function renderAll(fontsPath?: string): Readonly<Record<string, string>> {
  const css = publicCss(fontsPath === undefined ? {} : { fontsPath });
  const shared = { css, links: pageLinks };
  const terms = { ...shared, back: "/f#write", team: "The study team, study@example.org" };
  const discussion = discussionFixture;
  return {
    findings: renderPage({ ...publicationFixture, ...besideFixture }, { ...shared, discussion }),
    "findings-nb": renderPage(
      { ...publicationFixture, ...besideFixture, language: "nb" },
      { ...shared, discussion },
    ),
    "findings-bare": renderPage(
      {
        ...publicationFixture,
        figures: [],
        models: [],
        notYetRun: [],
        replaces: "0b51c2d3e4f5",
        changes: ["A label was wrong."],
      },
      {
        css,
        links: { bundle: "publication.json", table: (name) => `tables/${name}`, supersededBy: "../newer/" },
      },
    ),
    terms: renderCommentTerms({ ...terms, language: "en" }),
    "terms-nb": renderCommentTerms({ ...terms, language: "nb" }),
    "own-comment": renderOwnComment(
      {
        state: "pending",
        body: "Should I stop running?",
        reason: null,
        editUntil: 1,
        help: "Call your health service.",
        address: "/comment/abc",
        page: "/f",
      },
      { ...shared, language: "en" },
    ),
    blind: renderBlindReport(blindFixture, shared),
    front: renderFrontPage({ css, links: { ...pageLinks, tryIt: "/p/#try" }, studies }),
    "front-empty": renderFrontPage({ ...shared, studies: [] }),
    list: renderFindingsList({ css, links: { ...pageLinks, tryIt: "/p/#try" }, studies }),
    "list-empty": renderFindingsList({ ...shared, studies: [] }),
    "not-found": renderNotFound(shared),
    message: renderMessage({
      ...shared,
      title: "This page is closed for the moment",
      sentences: [
        "The computer that keeps the answers did not reply.",
        "Nothing is lost.",
        "Try again in a minute.",
      ],
    }),
  };
}
