import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { Finding, Publication } from "../../publication/types.ts";
import { renderPage } from "../render-page.ts";
import { publicationFixture } from "../testing/fixture.ts";
import { pageLinks } from "../testing/render-all.ts";

function pageOf(publication: Publication): Document {
  const text = renderPage(publication, { css: "", links: pageLinks });
  return parseHTML(text).document as unknown as Document;
}

function textOf(document: Document, selector: string): string {
  return document.querySelector(selector)?.textContent?.replace(/\s+/g, " ") ?? "";
}

/** The fixture with its first finding given a robust column, and its last read from two others. */
function withColumns(): Publication {
  const [first, ...rest] = publicationFixture.findings;
  if (!first) throw new Error("has findings");
  const robust = { stdError: 0.0082, lower: -0.132, upper: -0.098, df: 1200, pValue: 0.0004 };
  const pair: Finding = {
    ...first,
    id: "H5",
    label: "In both directions",
    estimate: null,
    pValue: null,
    pHolm: null,
  };
  return { ...publicationFixture, findings: [{ ...first, robust }, ...rest, pair] };
}

describe("lags on the page", () => {
  const page = pageOf(publicationFixture);

  test("stand side by side, the planned model first, each leading to its model and its reason", () => {
    const section = textOf(page, "section[aria-labelledby=lags]");
    expect(section).toMatch(
      /RI-CLPM, the planned modelplanned.*CLPM, without a level of each person's ownfor comparison/,
    );
    expect(section).toMatch(/Why they differ.*It takes everyone for the same person/);
    const links = [...page.querySelectorAll("section[aria-labelledby=lags] table a")];
    for (const link of links) {
      expect(page.getElementById((link.getAttribute("href") ?? "").slice(1))).not.toBeNull();
    }
    // Each model's name and both of its numbers.
    expect(links).toHaveLength(6);
  });

  test("are in the model's fold with all four paths, the people and the answers used", () => {
    const model = textOf(page, "#model-m3");
    expect(model).toMatch(/ex, then pain_vrs.*pain_vrs, then ex/);
    expect(model).toMatch(/4,219 people with 17,523 answers; 101 people who answered were left out/);
    expect(model).toMatch(/chi-square 82\.1, df 81, p 0\.444/);
  });

  test("are left out of a page that has none", () => {
    const { lagComparison: _, ...without } = publicationFixture;
    expect(pageOf({ ...without, figures: [] }).getElementById("lags")).toBeNull();
  });
});

describe("the table of numbers", () => {
  const table = textOf(pageOf(withColumns()), "#numbers-table");

  test("has the robust interval with its p as a second column", () => {
    expect(table).toMatch(/95% interval, robust \(CR2\)/);
    expect(table).toMatch(/−0\.132 to −0\.098p <0\.001/);
    expect(textOf(pageOf(publicationFixture), "#numbers-table")).not.toMatch(/robust/);
  });

  test("says that a claim about both directions is read from two answers", () => {
    expect(table).toMatch(/H5 In both directionsread from two answers/);
  });
});
