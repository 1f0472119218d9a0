import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { renderBlindReport } from "./blind-page.ts";
import { blindFixture } from "./testing/fixture-blind.ts";

const page = parseHTML(renderBlindReport(blindFixture, { css: "" })).document;

describe("the blind report", () => {
  test("says that results stay hidden until the data are locked", () => {
    expect(page.querySelector(".callout")?.textContent).toContain(
      "Results stay hidden until the data are locked",
    );
  });

  test("never writes a count that is hidden to protect people", () => {
    expect(page.querySelector("[aria-labelledby=missing]")?.textContent).toContain("no translation under 10");
    expect(page.querySelector("[aria-labelledby=answers]")?.textContent).toContain("Very severeunder 10");
  });

  test("says so when no answer has come in yet", () => {
    const empty = renderBlindReport(
      { ...blindFixture, figures: [], missingness: [], distributions: [], responseOverTime: [] },
      { css: "", language: "nb" },
    );
    expect(empty).toContain("Ingen svar ennå.");
  });
});
