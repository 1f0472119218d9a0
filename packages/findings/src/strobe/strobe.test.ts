import { buildDataset, type Dataset } from "@longwave/study";
import { beforeAll, describe, expect, test } from "vitest";
import { seal } from "../publication/seal.ts";
import type { Publication } from "../publication/types.ts";
import { run } from "../testing/plan.ts";
import { protocol, simulated } from "../testing/study.ts";
import { checklist } from "./checklist.ts";
import { reportingFacts } from "./facts.ts";
import { blindStrobeList, strobeList } from "./list.ts";
import { renderStrobeHtml, renderStrobeMarkdown } from "./render.ts";
import type { StrobeList } from "./types.ts";

const study = simulated(4, 300);
const { people, answers } = study;
const dataset: Dataset = buildDataset({
  protocol,
  people,
  answers,
  upToSeq: answers.at(-1)?.seq ?? 0,
});

let publication: Publication;
let list: StrobeList;
beforeAll(async () => {
  publication = seal(await run(dataset), { version: "0.1.0" });
  const made = strobeList(publication);
  if (!made) throw new Error("no list");
  list = made;
}, 120_000);

const stateOf = (made: StrobeList, id: string) => made.items.find((item) => item.id === id)?.state;
const wordsOf = (made: StrobeList, id: string) =>
  JSON.stringify(made.items.find((item) => item.id === id)?.blocks ?? []);

describe("the reporting list of a publication", () => {
  test("has all 22 items for cohorts with their parts, in order", () => {
    expect(list.items.map(({ id }) => id)).toEqual(checklist.map(({ id }) => id));
    expect(new Set(checklist.map(({ id }) => id.replace(/[a-z]$/, ""))).size).toBe(22);
  });

  test("fills the methods, the numbers and the results, and says where they stand on the page", () => {
    for (const id of ["12a", "12b", "12c", "12d", "12e", "13a", "13b", "13c", "14a", "14b", "14c", "15"])
      expect(stateOf(list, id), id).toBe("filled");
    for (const id of ["16a", "16b", "16c", "17"]) expect(stateOf(list, id), id).toBe("filled");
    expect(list.items.find(({ id }) => id === "16a")?.anchor).toBe("numbers");
    expect(wordsOf(list, "12a")).toContain(publication.plan.hash);
  });

  test("leaves judgement and funding unfilled and marked, and invents nothing", () => {
    for (const id of ["18", "19", "20", "21", "22"]) {
      expect(stateOf(list, id), id).toBe("unfilled");
      expect(wordsOf(list, id)).toBe("[]");
    }
    expect(renderStrobeMarkdown(list)).toContain("[To be written: Funding is not stated in the study text.]");
  });

  test("counts people as the flow of the bundle and the tables of the dataset do", () => {
    const { flow } = publication;
    expect(wordsOf(list, "13a")).toContain(`["Invited","${flow.invited}"]`);
    expect(flow.invited).toBe(dataset.person.nrows);
    const answered = flow.waves.reduce((sum, wave) => sum + wave.answered, 0);
    expect(answered).toBe(dataset.personWave.nrows);
    expect(publication.reporting?.waves.map((wave) => wave.answered)).toEqual(
      flow.waves.map((wave) => wave.answered),
    );
  });

  test("shows no count from 1 to 9 in the table of characteristics, nor lets one be found by taking away", () => {
    const { characteristics = [], groups = [] } = publication.reporting ?? {};
    expect(groups.length).toBeGreaterThan(0);
    expect(characteristics.length).toBeGreaterThan(5);
    for (const { name, rows } of characteristics)
      for (const { cells } of rows)
        for (const cell of cells) expect(cell?.people ?? 10, name).toBeGreaterThanOrEqual(10);
    for (const { kind, name, rows } of characteristics.filter((one) => one.kind === "shares")) {
      const total = rows.reduce((sum, { cells }) => sum + (cells[0]?.share ?? 0), 0);
      expect(total, `${kind} of ${name} are whole`).toBeCloseTo(1, 10);
    }
  });

  test("is plain HTML that a word processor reads, with no script and no value that is not there", () => {
    const page = renderStrobeHtml(list, "https://example.org/findings/x");
    expect(page).not.toMatch(/<script|undefined|NaN|\[object/);
    expect(page).toContain('href="https://example.org/findings/x#numbers"');
    expect(page).toContain("Simulated people, not a real study.");
  });
});

describe("the reporting list of a running study", () => {
  test("shows numbers of people and completeness, and hides whatever would show a result", () => {
    const { flow, study: summary, plan } = publication;
    const reporting = reportingFacts(protocol, dataset, false);
    const blind = blindStrobeList({
      ...{ protocol, study: summary, plan, flow, reporting, deviations: [] },
      dataset: publication.dataset,
    });
    for (const id of ["1b", "15", "16a", "16c", "17"]) expect(stateOf(blind, id), id).toBe("hidden");
    for (const id of ["13a", "13b", "14a", "14b", "14c"]) expect(stateOf(blind, id), id).toBe("filled");
    expect(
      reporting.groups.map(({ label }) => label),
      "nothing by group",
    ).toEqual(["Everyone"]);
    expect(reporting.waves.every(({ outcome }) => outcome === undefined)).toBe(true);
    expect(renderStrobeMarkdown(blind)).not.toContain("(95 %)");
    expect(wordsOf(blind, "12a")).toContain("No departures from the plan were recorded.");
  });

  test("shows nobody's characteristics when fewer than ten have answered", () => {
    const few = people.slice(0, 6);
    const ids = new Set(few.map(({ id }) => id));
    const own = answers.filter(({ person }) => ids.has(person));
    const small = buildDataset({ protocol, people: few, answers: own, upToSeq: answers.length });
    const facts = reportingFacts(protocol, small, true);
    expect(facts.characteristics).toEqual([]);
    expect(facts.followUp).toBeUndefined();
    expect(facts.waves.every(({ outcome }) => outcome === undefined)).toBe(true);
  });
});
