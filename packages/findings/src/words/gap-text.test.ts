import type { Protocol } from "@longwave/study";
import { expect, test } from "vitest";
import { protocol } from "../testing/study.ts";
import { laterText } from "./gap-text.ts";

function withDays(days: readonly number[]): Protocol {
  const [first] = protocol.waves;
  if (!first) throw new Error("has waves");
  return { ...protocol, waves: days.map((offsetDays, i) => ({ ...first, id: `w${i + 1}`, offsetDays })) };
}

test("the gap between waves is said in the largest unit it holds", () => {
  expect(laterText(protocol, "en")).toBe("about three months later");
  expect(laterText(protocol, "nb")).toBe("omtrent tre måneder senere");
  expect(laterText(withDays([0, 7, 14]), "en")).toBe("about one week later");
  expect(laterText(withDays([0, 7, 14]), "nb")).toBe("omtrent én uke senere");
  expect(laterText(withDays([0, 2, 4]), "en")).toBe("about two days later");
  expect(laterText(withDays([0, 365, 730]), "nb")).toBe("omtrent ett år senere");
  expect(laterText(withDays([0, 365, 730]), "en")).toBe("about one year later");
});

test("gaps that differ are the next wave, not a time", () => {
  expect(laterText(withDays([0, 30, 180]), "en")).toBe("at the next wave");
  expect(laterText(withDays([0]), "nb")).toBe("ved neste runde");
});
