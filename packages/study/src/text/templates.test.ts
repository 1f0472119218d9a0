import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { outlineStudy } from "../outline/outline.ts";
import { readProtocol } from "./read-protocol.ts";
import { withFields } from "./with-fields.ts";

const folder = new URL("../../../../protocols/templates/", import.meta.url);
const names = readdirSync(folder);

describe.each(names)("the template %s", (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const protocol = readProtocol(text, name);
  const outline = outlineStudy(protocol, { at: Date.UTC(2027, 2, 1), timeZone: "Europe/Oslo" });

  test("keeps its promised minutes, and can be read by everyone", () => {
    expect(outline.waves.filter(({ overPromise }) => overPromise)).toEqual([]);
    for (const { consent, questions } of outline.reading) {
      expect(consent.score).toBeLessThanOrEqual(consent.limit);
      expect(questions.score).toBeLessThanOrEqual(questions.limit);
    }
  });

  test("asks in words of its own, with the recall period in every question that has one", () => {
    expect(protocol.instruments.filter(({ status }) => status !== "own")).toEqual([]);
    const unmarked = protocol.instruments.filter(
      ({ recall, items }) => recall && items.some((item) => !item.marked),
    );
    expect(unmarked.map(({ id }) => id)).toEqual([]);
  });

  test("tells its minutes in the consent, asks about harm, and waits for somebody to confirm the Norwegian", () => {
    expect(JSON.stringify(protocol.consent)).toContain(`about ${outline.waves[0]?.promisedMinutes} minutes`);
    expect(protocol.instruments.map(({ role }) => role)).toContain("safety");
    expect(outline.unconfirmed.map(({ language }) => language)).toEqual(["nb"]);
  });

  test("becomes another study by a new name, and is otherwise the same to the letter", () => {
    const renamed = withFields(text, { id: "ours", version: "2.0.0" });
    expect(readProtocol(renamed, name)).toEqual({ ...protocol, id: "ours", version: "2.0.0" });
    expect(renamed.split("\n").filter((line, i) => line !== text.split("\n")[i])).toEqual([
      "id: ours",
      "version: 2.0.0",
    ]);
  });
});
