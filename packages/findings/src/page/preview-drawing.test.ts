import { publicCss } from "@longwave/figure/tokens";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { previewDrawing } from "./preview-drawing.ts";
import { renderPage } from "./render-page.ts";
import { publicationFixture } from "./testing/fixture.ts";
import { pageLinks } from "./testing/render-all.ts";

const drawn = (drawing: string): string =>
  [...parseHTML(drawing).document.querySelectorAll("text")].map((line) => line.textContent).join(" ");

test("the picture of a link says first that people are simulated, then the question, the answer and its interval", () => {
  const drawing = previewDrawing(publicationFixture);
  const text = drawn(drawing);
  for (const part of [
    "Simulated people, not a real study",
    "A little, in the same week.",
    "−0.12 (−0.13 to −0.10)",
  ])
    expect(text).toContain(part);
  expect(drawing).toMatch(/^<svg [^>]*width="600" height="315"/);
  expect(drawing).not.toContain("var(--");
  const study = { ...publicationFixture.study, simulated: false };
  expect(drawn(previewDrawing({ ...publicationFixture, study }))).not.toContain("Simulated");
});

test("stays within its frame with a long question, a long answer and no interval", () => {
  const long = "word ".repeat(80).trim();
  const drawing = previewDrawing({
    ...publicationFixture,
    study: { ...publicationFixture.study, question: `${long}?` },
    answer: { ...publicationFixture.answer, lead: `${long}. ${long}.` },
    findings: [],
  });
  const heights = [...drawing.matchAll(/<text x="36" y="(\d+)"/g)].map(([, y]) => Number(y));
  expect(heights.length).toBeGreaterThan(5);
  expect(Math.max(...heights)).toBeLessThan(300);
  expect(drawing).toContain("…");
});

test("a page names its picture, its size and what it says for programs that show links", () => {
  const preview = "https://study.example.org/findings/a/5f1d/preview.png";
  const css = publicCss();
  const page = parseHTML(renderPage(publicationFixture, { css, links: { ...pageLinks, preview } })).document;
  const meta = (name: string) =>
    page.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute("content");
  expect(meta("og:image")).toBe(preview);
  expect([meta("og:image:width"), meta("og:image:height")]).toEqual(["1200", "630"]);
  expect(meta("og:title")).toContain(publicationFixture.study.question);
  expect(meta("twitter:card")).toBe("summary_large_image");
  expect(meta("og:image:alt")).toContain(publicationFixture.answer.lead);
  const alone = renderPage(publicationFixture, { css, links: pageLinks });
  expect(alone).toContain('<meta name="twitter:card" content="summary">');
  expect(alone).not.toContain("og:image");
});
