import type { PlannedAnalysis } from "@longwave/study";
import { beforeAll, describe, expect, test } from "vitest";
import type { AlternativeResult } from "../../publication/alternative-types.ts";
import { seal } from "../../publication/seal.ts";
import { publicationTables } from "../../publication/tables.ts";
import type { PublicationDraft } from "../../publication/types.ts";
import { quickProtocol, runScope, withSensitivity } from "../../testing/beside.ts";
import { protocol, simulatedDataset } from "../../testing/study.ts";
import { arraysIn } from "../../testing/walk.ts";
import { lintCausal } from "../../words/lint-causal.ts";

const dataset = simulatedDataset(1, 500);
let draft: PublicationDraft;
let norwegian: PublicationDraft;

beforeAll(async () => {
  draft = await runScope(dataset, { protocol: quickProtocol, scope: "all" });
  norwegian = await runScope(dataset, { protocol: quickProtocol, scope: "all", language: "nb" });
}, 240_000);

function sentences({ sensitivity = [], exploratory = [], attrition }: PublicationDraft): readonly string[] {
  return [
    ...[...sensitivity, ...exploratory].map(({ id, sentence }) => `${id}: ${sentence}`),
    ...(attrition?.sentences ?? []),
    ...(attrition?.terms ?? []).map(({ sentence }) => sentence),
  ];
}

function result(id: string): AlternativeResult {
  const found = [...(draft.sensitivity ?? []), ...(draft.exploratory ?? [])].find((one) => one.id === id);
  if (!found) throw new Error(`no result ${id}`);
  return found;
}

describe("the whole plan on 500 simulated people", () => {
  test("every planned analysis has a result or stands on the list of what was not run", () => {
    const { plan } = quickProtocol;
    const planned = [...plan.sensitivity, ...plan.exploratory].map(({ id }) => id);
    const run = [...(draft.sensitivity ?? []), ...(draft.exploratory ?? [])].map(({ id }) => id);
    const listed = draft.notYetRun.map(({ id }) => id);
    expect([...run, ...listed].sort()).toEqual([...planned].sort());
    expect(listed).toEqual([]);
  });

  test("every family gives an estimate with its interval", () => {
    for (const id of [
      "S1",
      "S2a",
      "S3b",
      "S4a",
      "S5",
      "S6",
      "S7a",
      "S7b",
      "S7c",
      "S8",
      "S10",
      "S11",
      "S12",
      "E1",
      "E3",
      "E4",
    ]) {
      const { rows, sentence } = result(id);
      expect(rows.length, `${id}: ${sentence}`).toBeGreaterThan(0);
      for (const { estimate, lower, upper } of rows) {
        expect(lower).toBeLessThanOrEqual(estimate);
        expect(upper).toBeGreaterThanOrEqual(estimate);
      }
    }
  });

  test("the answers are the same as without what stands beside them", async () => {
    const alone = await runScope(dataset, { protocol: quickProtocol, scope: "confirmatory" });
    expect(draft.findings).toEqual(alone.findings);
    expect(draft.answer).toEqual(alone.answer);
    expect(alone.sensitivity).toBeUndefined();
  });

  test("the same words mean that the rule of the planned answer holds", () => {
    const same = (draft.sensitivity ?? []).filter(({ agrees }) => agrees === true);
    expect(same.length).toBeGreaterThan(3);
    for (const { sentence, belongsTo, id } of same.filter((one) => one.id !== "S1")) {
      expect(sentence, id).toMatch(new RegExp(`points the same way as (${belongsTo}|H4)`));
    }
  });

  test("S5 fits the model once for each reliability", () => {
    expect(result("S5").rows).toHaveLength(6);
  });

  test("exploratory tests are adjusted together and never below their own p", () => {
    const tested = (draft.exploratory ?? []).flatMap(({ test: one }) => one ?? []);
    expect(tested.length).toBeGreaterThan(1);
    for (const { pValue, pAdjusted } of tested) expect(pAdjusted).toBeGreaterThanOrEqual(pValue);
  });

  test("every sentence follows its rule, in English", () => {
    expect(sentences(draft)).toMatchSnapshot();
  });

  test("every sentence follows its rule, in Norwegian", () => {
    expect(sentences(norwegian)).toMatchSnapshot();
    expect(norwegian.sensitivity?.map(({ agrees }) => agrees)).toEqual(
      draft.sensitivity?.map(({ agrees }) => agrees),
    );
  });

  test("no sentence says that one thing acts on another", () => {
    for (const text of sentences(draft)) expect(lintCausal(text, "en")).toEqual([]);
    for (const text of sentences(norwegian)) expect(lintCausal(text, "nb")).toEqual([]);
  });

  test("nothing in it has an entry for each person, and no pattern has fewer than ten", () => {
    for (const { path, length } of arraysIn(draft.sensitivity)) expect(length, path).toBeLessThan(60);
    for (const { path, length } of arraysIn(draft.attrition)) expect(length, path).toBeLessThan(60);
    const { patterns = [], lastSeen = [] } = draft.attrition ?? {};
    for (const { people } of patterns) expect(people).toBeGreaterThanOrEqual(10);
    for (const { means } of lastSeen)
      for (const { people } of means) expect(people).toBeGreaterThanOrEqual(10);
    const all = patterns.reduce((sum, { people }) => sum + people, 0);
    expect(all).toBe(draft.attrition?.people);
  });

  test("each part has its table, and figures stand with it", () => {
    const names = publicationTables(seal(draft, { version: "0" })).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["sensitivity.csv", "exploratory.csv", "leaving.csv", "answer-patterns.csv"]),
    );
    const figures = draft.figures.map(({ id }) => id);
    expect(figures).toEqual(
      expect.arrayContaining([
        "specification-strip",
        "delta-map",
        "missingness-map",
        "sessions-against-rest",
      ]),
    );
  });

  test("the planned estimate stands first beside weights and pattern mixture", () => {
    expect(draft.attrition?.beside.map(({ label }) => label.split(/[:,]/)[0])).toEqual(["H1", "S7b", "S7c"]);
  });
});

describe("an analysis that cannot be made", () => {
  const formula = "pain_vrs ~ within(ex) + between(ex) + (1 | id)";
  const analysis = (id: string, model: PlannedAnalysis["model"]): PlannedAnalysis => {
    return { id, what: { en: `Analysis ${id}` }, model };
  };

  test("is a result with its reason, and the others go on", async () => {
    const withFailures = withSensitivity([
      analysis("F1", { family: "lmm", formula, rows: "late == 5" }),
      analysis("F2", { family: "clmm", formula, term: "within(age10)" }),
      analysis("F3", { family: "lmm", formula }),
    ]);
    const { sensitivity = [] } = await runScope(dataset, { protocol: withFailures, scope: "all" });
    expect(sensitivity.map(({ id, rows }) => [id, rows.length])).toEqual([
      ["F1", 0],
      ["F2", 0],
      ["F3", 1],
    ]);
    expect(sensitivity[0]?.sentence).toMatch(
      /^This could not be estimated\. Nobody gave two complete answers/,
    );
    expect(sensitivity[0]?.agrees).toBeNull();
  });

  test("is listed as not yet run when the scope leaves it out", async () => {
    const shifts = quickProtocol.plan.sensitivity.filter(({ id }) => id === "S6" || id === "S8");
    const some = await runScope(dataset, { protocol: withSensitivity(shifts), scope: "all_but_imputation" });
    expect(some.sensitivity?.map(({ id }) => id)).toEqual(["S8"]);
    expect(some.notYetRun.find(({ id }) => id === "S6")?.why).toMatch(/longer than this run was given/);
    expect(some.scope).toBe("all_but_imputation");
  });

  test("of sessions or of the time forms took says so when the data hold neither, as a file may", async () => {
    const columns = dataset.personWave.columns.map((column) =>
      column.name === "form_seconds" ? { ...column, values: column.values.map(() => null) } : column,
    );
    const event = { name: "event" as const, nrows: 0, columns: [] };
    const bare = { ...dataset, personWave: { ...dataset.personWave, columns }, event };
    const some = await runScope(bare, {
      protocol: withSensitivity(protocol.plan.sensitivity.filter(({ id }) => id === "S10" || id === "S8")),
      scope: "all",
    });
    expect(some.notYetRun.map(({ id, why }) => [id, why.split(/[,.]/)[0]])).toEqual([
      ["E1", "There are no sessions in the data"],
      ["S10", "The data do not say how long a form took (form_seconds)"],
    ]);
  });

  test("with nobody in the data nothing is estimated and nothing breaks", async () => {
    const empty = { ...dataset.personWave, nrows: 0 };
    const columns = empty.columns.map((column) => ({ ...column, values: [] }));
    const nobody = { ...dataset, personWave: { ...empty, columns } };
    const { sensitivity = [], attrition } = await runScope(nobody, { protocol: quickProtocol, scope: "all" });
    expect(sensitivity.every(({ rows, agrees }) => rows.length === 0 && agrees === null)).toBe(true);
    expect(attrition).toBeUndefined();
  });
});
