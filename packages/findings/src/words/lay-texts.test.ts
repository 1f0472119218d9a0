import { readingLevel, readingLimits } from "@longwave/study";
import { expect, test } from "vitest";
import { publicationFixture } from "../page/testing/fixture.ts";
import { layTexts } from "./lay-texts.ts";

test("what a lay reader meets first on the page of the fixture is at grade 8 or below", () => {
  const texts = layTexts(publicationFixture);
  expect(texts[0]).toBe(publicationFixture.study.question);
  expect(texts.join(" ")).not.toContain("(");
  expect(readingLevel(texts, "en").score).toBeLessThanOrEqual(readingLimits.en);
});
