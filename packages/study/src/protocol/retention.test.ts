import { expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { flagshipText } from "../testing/flagship.ts";
import { readProtocol } from "../text/read-protocol.ts";
import { retentionState } from "./retention.ts";

const withRule = (rule: string) => readProtocol(`${flagshipText}\nretention: ${rule}\n`, "study.yaml");

function problemOf(rule: string): string {
  try {
    withRule(rule);
    return "";
  } catch (error) {
    if (error instanceof StudyError) return error.message;
    throw error;
  }
}

test("data may be kept through their last day; 30 days before it is soon, and the day after it is over", () => {
  const protocol = withRule("{ keepUntil: 2032-12-31 }");
  const messages = { ...protocol.messages, timeZone: "Europe/Oslo" };
  const at = (time: string) => retentionState({ ...protocol, messages }, Date.parse(time)).kind;
  expect(
    ["2032-11-30T22:59Z", "2032-11-30T23:00Z", "2032-12-31T22:59Z", "2032-12-31T23:00Z"].map(at),
  ).toEqual(["ahead", "soon", "soon", "over"]);
  expect(retentionState({ messages }, 0)).toEqual({ kind: "none" });
});

test("a day that no calendar has is told with an example", () => {
  expect(problemOf("{ keepUntil: 2031-02-30 }")).toMatch(/keepUntil.*a day such as 2032-12-31/s);
  expect(problemOf("{ keepUntil: in five years }")).toMatch(/keepUntil/);
});
