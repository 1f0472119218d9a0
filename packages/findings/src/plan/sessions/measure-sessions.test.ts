import { createRandom } from "@longwave/stats";
import { buildDataset, type DataColumn, type Dataset, datasetFromRows } from "@longwave/study";
import { describe, expect, test } from "vitest";
import type { AlternativeRow } from "../../publication/alternative-types.ts";
import { protocol, simulated } from "../../testing/study.ts";
import { arraysIn } from "../../testing/walk.ts";
import { lintCausal } from "../../words/lint-causal.ts";
import { type AlternativeContext, type Measured, NotMeasured } from "../alternatives/context.ts";
import { measureSessions } from "./measure-sessions.ts";

const planned = protocol.plan.exploratory.find(({ id }) => id === "E1")?.model;
if (planned?.family !== "session_contrast") throw new Error("E1 is about sessions");
const model = planned;

/** Only what people logged: the waves need no dataset here. */
function loggedBy(people: number, seed: number): Dataset {
  const study = simulated(seed, people);
  const loggers = new Set(study.sessionLoggers);
  return buildDataset({
    protocol,
    people: study.people.filter(({ id }) => loggers.has(id)),
    answers: study.answers.filter(({ wave }) => wave.includes("/")),
    upToSeq: study.answers.length,
  });
}

function measureIn(dataset: Dataset, language: AlternativeContext["language"] = "en"): Promise<Measured> {
  const source = { name: "none", describe: none, fitData: none, close: none };
  return measureSessions({ protocol, source, dataset, language, seed: 1, findings: [] }, model);
}

function none(): never {
  throw new Error("sessions are read from the event table");
}

/** Sessions and rests of so many people: before and after are given by person and kind of occasion. */
function file(
  people: number,
  of: (person: number) => readonly { type?: string; before: number; after: number; minutes?: number }[],
): Dataset {
  const rows = Array.from({ length: people }, (_, p) => of(p).map((one) => ({ id: `p${p}`, ...one }))).flat();
  const column = (name: string, values: readonly (number | string | null)[]): DataColumn => {
    const kind = values.some((value) => typeof value === "string") ? "text" : "number";
    return { name, kind, values };
  };
  const pick = (session: boolean, name: "before" | "after") =>
    rows.map((row) => ("type" in row === session ? row[name] : null));
  const events = [
    column(
      "id",
      rows.map(({ id }) => id),
    ),
    column(
      "event",
      rows.map(({ type }) => (type === undefined ? "rest_prompt" : "session_log")),
    ),
    column(
      "s_type",
      rows.map(({ type }) => type ?? null),
    ),
    column("s_pre", pick(true, "before")),
    column("s_post", pick(true, "after")),
    column("r_now", pick(false, "before")),
    column("r_30", pick(false, "after")),
    column(
      "r_now_minutes",
      rows.map(({ type, minutes }) => (type === undefined && minutes !== undefined ? 0 : null)),
    ),
    column(
      "r_30_minutes",
      rows.map(({ minutes }) => minutes ?? null),
    ),
  ];
  const needed = ["pain_vrs", "ex", "man", "age10", "education", "smoking", "ex_w1_group", "pain_vrs_w1"];
  const columns = [
    column("id", rows.length > 0 ? ["p0"] : []),
    column("wave", rows.length > 0 ? [1] : []),
    ...needed.map((name) => column(name, rows.length > 0 ? [0] : [])),
  ];
  return datasetFromRows({ protocol, columns, events });
}

/** A number between -1 and 1 that is as good as random and always the same. */
function wobble(...parts: readonly number[]): number {
  return Math.sin(parts.reduce((sum, part, i) => sum + part * (12.9898 + 65.233 * i), 1) * 43758.5453);
}

function rowOf(found: Measured, label: RegExp): AlternativeRow {
  const row = found.rows.find((one) => label.test(one.label));
  if (!row) throw new Error(`no row ${label} in ${found.rows.map((one) => one.label).join("; ")}`);
  return row;
}

describe("sessions against rest", () => {
  const dataset = loggedBy(2000, 1);

  test("stand in one sentence and in rows, in both languages", async () => {
    for (const language of ["en", "nb"] as const) {
      const { rows, sentence, cautions = [], note, people } = await measureIn(dataset, language);
      expect({
        sentence,
        cautions,
        note,
        people,
        rows: rows.map(({ label, unit }) => `${label} (${unit})`),
      }).toMatchSnapshot();
      for (const text of [sentence, ...cautions]) expect(lintCausal(text, language)).toEqual([]);
      expect(sentence).toMatch(/^(Exploratory|Utforskende)/);
    }
  });

  test("give every estimate inside its interval, and a p only for the one planned test", async () => {
    const { rows } = await measureIn(dataset);
    for (const { lower, estimate, upper, label } of rows) {
      expect(lower, label).toBeLessThanOrEqual(estimate);
      expect(upper, label).toBeGreaterThanOrEqual(estimate);
    }
    expect(rows.filter(({ pValue }) => pValue !== null).map(({ label }) => label)).toEqual([
      "Difference: change over a session minus change over rest",
    ]);
  });

  test("hold no list with an entry for each person", async () => {
    const { sessions, ...found } = await measureIn(dataset);
    for (const { path, length } of arraysIn(found)) expect(length, path).toBeLessThan(40);
    expect(sessions?.kinds.length).toBeLessThan(12);
  });

  test("find a difference that is really there, and none where sessions and rest are alike", async () => {
    const people = (extra: number) => {
      const random = createRandom(5);
      const ratings = (change: number) => {
        const deviation = random.normal();
        return { before: 5 + deviation, after: 5 + 0.7 * deviation + 0.3 * random.normal() + change };
      };
      const day = () => [{ type: "walk", ...ratings(extra) }, ratings(0)];
      return file(40, () => [day(), day(), day(), day()].flat());
    };
    const [apart, alike] = [await measureIn(people(-1)), await measureIn(people(0))];
    const difference = rowOf(apart, /^Difference: change/);
    expect(difference.lower).toBeLessThan(-1);
    expect(difference.upper).toBeGreaterThan(-1);
    expect(apart.sentence).toContain("ratings fell more, or rose less, over sessions than over rest");
    expect(apart.sentence).not.toContain("smaller than people usually notice");
    expect(rowOf(alike, /^Difference: change/).estimate).toBeCloseTo(difference.estimate + 1, 8);
    expect(alike.sentence).toContain("these data cannot tell sessions from rest");
    expect(alike.sentence).toContain("smaller than people usually notice; the limit is 1.");
  });

  test("compare within people: those who only rest or only train count for nothing", async () => {
    const both = (p: number) =>
      [1, 2, 3].flatMap((j) => [
        { type: "walk", before: 3 + wobble(p, j), after: 3 + wobble(p, j, 1) },
        { before: 3 + wobble(p, j, 2), after: 3 + wobble(p, j, 3) },
      ]);
    const alone = await measureIn(file(20, both));
    const more = await measureIn(
      file(30, (p) =>
        p < 20
          ? both(p)
          : [
              { before: 5, after: 9 },
              { before: 6, after: 9 },
            ],
      ),
    );
    expect(more.people).toBe(20);
    expect(more.rows).toEqual(alone.rows);
  });

  test("leave out rests that were too short or too long, and say so when their length is not known", async () => {
    const of = (minutes: number | undefined) => (p: number) =>
      [1, 2, 3].flatMap((j) => [
        { type: "walk", before: 3 + wobble(p, j), after: 3 + wobble(p, j, 1) },
        {
          before: 3 + wobble(p, j, 2),
          after: 3 + wobble(p, j, 3),
          ...(minutes === undefined ? {} : { minutes: j === 3 ? minutes : 45 }),
        },
      ]);
    const timed = await measureIn(file(20, of(200)));
    expect(timed.cautions?.join(" ")).toContain("30 to 90 minutes apart; others were left out (20)");
    expect(timed.sessions?.kinds[0]?.rest.count).toBe(40);
    const untimed = await measureIn(file(20, of(undefined)));
    expect(untimed.cautions?.join(" ")).toContain("the data do not say how long they were");
    expect(untimed.sessions?.kinds[0]?.rest.count).toBe(60);
  });

  test("show no kind of session with fewer than ten people, but rare kinds together when they are enough", async () => {
    const with_ = (rare: (p: number) => string) =>
      file(30, (p) => [
        ...[1, 2, 3].map((j) => ({ type: "walk", before: 3 + wobble(p, j), after: 3 + wobble(p, j, 1) })),
        ...[1, 2].map((j) => ({ type: rare(p), before: 3 + wobble(p, j, 4), after: 3 + wobble(p, j, 5) })),
        ...[4, 5, 6].map((j) => ({ before: 3 + wobble(p, j, 2), after: 3 + wobble(p, j, 3) })),
      ]);
    const labels = async (dataset: Dataset) =>
      (await measureIn(dataset)).sessions?.kinds.map(({ label }) => label);
    const few = with_((p) => (p < 9 ? "yoga" : "walk"));
    expect(await labels(few)).toEqual(["All sessions", "Walking"]);
    expect((await measureIn(few)).cautions?.at(-1)).toContain("fewer than 10 people are not shown");
    const spread = with_((p) => ["yoga", "ski", "gym", "water"][p % 4] ?? "");
    expect(await labels(spread)).toEqual(["All sessions", "Walking", "Other kinds together"]);
  });

  test("are not told of fewer than ten people", async () => {
    const nine = file(9, (p) =>
      [1, 2].flatMap((j) => [
        { type: "walk", before: 3 + wobble(p, j), after: 3 },
        { before: 3, after: 3 + wobble(p, j, 2) },
      ]),
    );
    await expect(measureIn(nine)).rejects.toThrow(NotMeasured);
    await expect(measureIn(nine)).rejects.toThrow(/Fewer than 10 people/);
  });

  test("say how often it got worse also where it never did", async () => {
    const calm = file(20, (p) =>
      [1, 2, 3].flatMap((j) => [
        { type: "walk", before: 3 + wobble(p, j), after: 3 + wobble(p, j) + 0.3 * wobble(p, j, 1) },
        { before: 3 + wobble(p, j, 2), after: 3 + wobble(p, j, 2) + 0.3 * wobble(p, j, 3) },
      ]),
    );
    const row = rowOf(await measureIn(calm), /Worse by 2 points or more after a session/);
    expect([row.estimate, row.lower]).toEqual([0, 0]);
    // None of 20 people: the exact upper limit is 1 - 0.025^(1/20).
    expect(row.upper).toBeCloseTo(16.84, 2);
  });
});
