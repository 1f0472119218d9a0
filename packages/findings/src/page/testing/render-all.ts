import { publicCss } from "@longwave/figure/tokens";
import { renderBlindReport } from "../blind-page.ts";
import { renderOwnComment } from "../discussion/own-comment-page.ts";
import { renderCommentTerms } from "../discussion/terms-page.ts";
import { type FrontPageOptions, renderFindingsList, renderFrontPage } from "../front-page.ts";
import { renderJoinPage } from "../join/join-page.ts";
import type { JoinPage, JoinStep } from "../join/types.ts";
import { renderMessage, renderNotFound } from "../message-page.ts";
import { type NoticePage, renderNotice } from "../notice-page.ts";
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

const door: Omit<JoinPage, "step"> = {
  study: {
    title: "Exercise and pain over one year",
    question: "Does exercise go with less pain?",
    about: ["We want to learn how exercise and pain go together.", "It is research, not treatment."],
    minutes: [10, 3, 3, 3, 6],
    months: 12,
    contact: { name: "The study team", email: "study@example.org" },
  },
  lostLink: "/about/exercise-and-pain/lost-link",
  notices: { privacy: "/about/exercise-and-pain/privacy" },
  address: "/join/exercise-and-pain",
  languages: ["en", "nb"],
};

const notice: NoticePage = {
  notice: {
    title: { en: "Privacy notice" },
    sections: [
      { title: { en: "What we keep" }, paragraphs: [{ en: "Your answers, apart from your name." }] },
    ],
  },
  study: { en: "Exercise and pain over one year" },
  contact: door.study.contact,
  version: "1.0.0",
  languages: ["en", "nb"],
  address: "/about/exercise-and-pain/privacy",
};

/** The steps of someone who joins by the open link, with mistakes where there can be some. */
function joinPages(shared: {
  readonly css: string;
  readonly links: PageLinks;
}): Readonly<Record<string, string>> {
  const page = (step: JoinStep, language: "en" | "nb" = "en"): string =>
    renderJoinPage({ ...door, step }, { ...shared, language });
  const questions = [
    { id: "born", kind: "year_of_birth", text: "In which year were you born?" },
    { id: "adult", kind: "yes_no", text: "Are you 18 years or older?", help: "On the day you join." },
  ] as const;
  const typed = { name: "Kari", email: "kari@" };
  return {
    "join-nb": page(
      { kind: "questions", questions, typed: { born: "58" }, missing: ["born", "adult"] },
      "nb",
    ),
    "join-contact": page({
      ...{ kind: "contact", ticket: "t", name: "optional", email: "required", typed },
      missing: ["email"],
    }),
    "join-code": page({ kind: "code", newcomer: "n", minutes: 30, wrong: true }),
  };
}

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
    ...joinPages(shared),
    notice: renderNotice(notice, { ...shared, language: "en" }),
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
