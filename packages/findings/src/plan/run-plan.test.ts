import { datasetSource } from "@longwave/source";
import { holm } from "@longwave/stats";
import { buildDataset, type Dataset } from "@longwave/study";
import { beforeAll, describe, expect, test } from "vitest";
import { seal, verifySeal } from "../publication/seal.ts";
import { publicationTables } from "../publication/tables.ts";
import type { Finding, Publication, PublicationDraft } from "../publication/types.ts";
import { newDocument, run } from "../testing/plan.ts";
import { protocol, simulated, simulatedDataset } from "../testing/study.ts";
import { arraysIn } from "../testing/walk.ts";
import { lintCausal } from "../words/lint-causal.ts";
import { runPlan } from "./run-plan.ts";

function finding(draft: PublicationDraft, id: string): Finding {
  const found = draft.findings.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no finding ${id}`);
  return found;
}

/** The first `people` people of a study, with their answers at the first `waves` waves. */
function partOf(people: number, waves: number): Dataset {
  const study = simulated(5, 400);
  const known = study.people.filter(({ enrolledAt }) => enrolledAt !== undefined).slice(0, people);
  const ids = new Set(known.map(({ id }) => id));
  const kept = new Set(protocol.waves.slice(0, waves).map(({ id }) => id));
  const answers = study.answers.filter(({ person, wave }) => ids.has(person) && kept.has(wave));
  return buildDataset({ protocol, people: known, answers, upToSeq: answers.at(-1)?.seq ?? 0 });
}

const dataset = simulatedDataset(1, 300);
let draft: PublicationDraft;
let publication: Publication;

beforeAll(async () => {
  draft = await run(dataset);
  publication = seal(draft, { version: "0.1.0" });
});

describe("a plan run on 300 simulated people", () => {
  test("answers every confirmatory hypothesis, in the plan's order", () => {
    expect(draft.findings.map(({ id }) => id)).toEqual(["H1", "H2", "H3", "H4", "H5", "H6"]);
    expect(draft.findings.every(({ rule }) => rule !== "not_fitted")).toBe(true);
  });

  test("lists what it does not run, each with a reason", () => {
    const ids = draft.notYetRun.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["E1", "E4", "S1", "S12"]));
    expect(ids.filter((id) => /^H|^C/.test(id))).toEqual([]);
    expect(draft.notYetRun.every(({ what, why }) => what.length > 5 && why.length > 20)).toBe(true);
  });

  test("shows three other lag models for comparison only, and says why", () => {
    const compared = draft.models.filter(({ comparisonOnly }) => comparisonOnly);
    expect(compared.map(({ id }) => id)).toEqual(["C1", "C2", "C3", "C3-back"]);
    expect(compared.every(({ note }) => note?.startsWith("For comparison only"))).toBe(true);
    expect(draft.findings.some(({ model }) => model.startsWith("C"))).toBe(false);
  });

  test("adjusts the five planned tests together by Holm's method, with no p of its own for the pair", () => {
    const family = draft.findings.filter(({ id }) => protocol.plan.multiplicity.over.includes(id));
    expect(family.map(({ pHolm }) => pHolm)).toEqual(holm(family.map(({ pValue }) => pValue ?? 1)));
    expect(finding(draft, "H5")).toMatchObject({ pValue: null, pHolm: null, estimate: null });
    expect(draft.methods.flatMap(({ paragraphs }) => paragraphs).join(" ")).toMatch(
      /All of them were tested/,
    );
  });

  test("answers both directions from one model, and the pair from the two answers", () => {
    const [there, back, pair] = ["H3", "H4", "H5"].map((id) => finding(draft, id));
    expect([there?.model, back?.model, pair?.model]).toEqual(["H3", "H3", "H3"]);
    expect(pair?.rows).toEqual([...(there?.rows ?? []), ...(back?.rows ?? [])]);
    expect(pair?.rows.map(({ label }) => label)).toEqual(["Exercise, then pain", "Pain, then exercise"]);
    expect(there?.estimate?.text).toMatch(/standard units; .* pain points for each point of exercise$/);
  });

  test("sets the lags of three models side by side, each with its reason", () => {
    const comparison = draft.lagComparison;
    expect(comparison?.rows.map(({ model, planned }) => [model, planned])).toEqual([
      ...[
        ["H3", true],
        ["C2", false],
        ["C3", false],
      ],
    ]);
    expect(comparison?.rows[0]?.forward.value).toBe(finding(draft, "H3").estimate?.value);
    expect(comparison?.rows[2]?.reason).toMatch(/with 5 waves .* \(Nickell 1981\)/);
    for (const { reason } of comparison?.rows ?? []) expect(lintCausal(reason, "en")).toEqual([]);
  });

  test("gives robust standard errors as a second column, on the scale of the estimate", () => {
    for (const id of ["H1", "H2"]) {
      const { robust, estimate, pValue } = finding(draft, id);
      if (!robust || !estimate) throw new Error("has both columns");
      expect((robust.lower + robust.upper) / 2).toBeCloseTo(estimate.value, 10);
      expect(robust.pValue).not.toBe(pValue);
      expect(robust.df).toBeGreaterThan(10);
    }
    expect(finding(draft, "H3").robust).toBeUndefined();
  });

  test("gives the difference between women and men as the contrast of their two slopes", () => {
    const { estimate, rows } = finding(draft, "H2");
    const [women, men] = rows;
    expect((men?.estimate ?? 0) - (women?.estimate ?? 0)).toBeCloseTo(estimate?.value ?? Number.NaN, 10);
    expect(rows.map(({ role }) => role)).toEqual(["women", "men"]);
  });

  test("reports the groups with and without adjustment, and tests only the first", () => {
    const { rows, model } = finding(draft, "H6");
    expect(rows.map(({ label }) => label)).toEqual(["Not adjusted", "Adjusted for the start"]);
    expect(model).toBe("H6");
    expect(draft.models.map(({ id }) => id)).toContain("H6-adjusted");
  });

  test("keeps the 90 % interval inside the 95 % one, and shares one axis on one scale", () => {
    const limitOf = (id: string) => finding(draft, id).bounds.limit;
    expect([limitOf("H2"), limitOf("H6")]).toEqual([limitOf("H1"), limitOf("H1")]);
    expect([limitOf("H4"), limitOf("H5")]).toEqual([limitOf("H3"), limitOf("H3")]);
    for (const { estimate } of draft.findings.filter(({ id }) => id !== "H5")) {
      expect(estimate?.lower90).toBeGreaterThan(estimate?.lower ?? 0);
      expect(estimate?.upper90).toBeLessThan(estimate?.upper ?? 0);
    }
  });

  test("draws five figures, each marked as simulated", () => {
    expect(draft.figures.map(({ id }) => id)).toEqual([
      ...["participant-flow", "within-between", "women-and-men", "path-diagram", "over-time"],
    ]);
    expect(draft.figures.every(({ note }) => note.startsWith("Simulated people"))).toBe(true);
    expect(draft.limitations[0]).toMatch(/simulated/);
  });

  test("draws means over time for women and men apart, of ten answers at least", () => {
    const figure = draft.figures.find(({ id }) => id === "over-time");
    expect(figure?.title).toMatch(
      /^Mean pain, first to last wave: Women \d\.\d to \d\.\d; Men \d\.\d to \d\.\d$/,
    );
    const counts = figure?.table.rows.map((row) => row.at(-1)).filter((count) => count !== null) ?? [];
    expect(counts.length).toBeGreaterThan(0);
    expect(counts.every((count) => Number(count) >= 10)).toBe(true);
  });

  test("says which form of a model was left and why, when a fallback was used", () => {
    for (const model of draft.models.filter(({ fallbackUsed }) => fallbackUsed)) {
      expect(model.formula).not.toBe(model.planned);
      expect(model.note).toMatch(/was tried first and (was singular|did not converge|could not be fitted)\./);
    }
  });

  test("reports progress step by step", async () => {
    const steps: string[] = [];
    await runPlan({
      ...{ protocol, dataset, source: datasetSource(dataset), document: newDocument() },
      ...{ seed: 1, simulated: true, onProgress: ({ done, total }) => steps.push(`${done}/${total}`) },
    });
    expect(steps).toEqual(["0/8", "1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8"]);
  });
});

describe("a sealed publication", () => {
  test("is the same bytes for the same data and seed", async () => {
    const again = seal(await run(simulatedDataset(1, 300)), { version: "0.1.0" });
    expect(JSON.stringify(again)).toBe(JSON.stringify(publication));
  });

  test("keeps its seal through JSON, and loses it with any change", () => {
    const copy: Publication = JSON.parse(JSON.stringify(publication));
    expect(verifySeal(copy)).toBe(true);
    expect(verifySeal({ ...copy, seed: 2 })).toBe(false);
    expect(verifySeal({ ...copy, answer: { ...copy.answer, lead: "Another answer." } })).toBe(false);
  });

  test("names the publication it replaces, and what changed", () => {
    const corrected = seal(draft, { version: "0.1.1", replaces: publication.hash, changes: ["One word."] });
    expect(corrected.replaces).toBe(publication.hash);
    expect(corrected.hash).not.toBe(publication.hash);
    expect(verifySeal(corrected)).toBe(true);
  });

  test("holds no array with an entry for each person or answer", () => {
    const used = [dataset.flow.answeredTwice, dataset.flow.answeredOnce, dataset.personWave.nrows];
    for (const { path, length } of arraysIn(publication)) {
      expect(used, path).not.toContain(length);
      expect(length, path).toBeLessThan(60);
    }
  });

  test("comes with tables of estimates, coefficients, people and every figure", () => {
    const tables = publicationTables(publication);
    const names = tables.map(({ name }) => name);
    expect(names).toEqual([
      ...["estimates.csv", "coefficients-H1.csv", "coefficients-H2.csv", "coefficients-H6.csv"],
      ...["coefficients-H6-adjusted.csv", "coefficients-H3.csv", "coefficients-C1.csv"],
      ...["coefficients-C2.csv", "coefficients-C3.csv", "coefficients-C3-back.csv", "lags.csv", "flow.csv"],
      ...["figure-participant-flow.csv", "figure-within-between.csv", "figure-women-and-men.csv"],
      "figure-path-diagram.csv",
      "figure-over-time.csv",
    ]);
    const estimates = tables[0]?.csv.trimEnd().split("\n") ?? [];
    expect(estimates).toHaveLength(7);
    expect(tables.every(({ csv }) => !csv.includes("NaN") && !csv.includes("undefined"))).toBe(true);
  });

  test("can be cited without a clock: the year is that of the locked plan", () => {
    expect(publication.citation.text).toMatch(
      /^The exercise and pain study team \(2025\)\. .*\(simulated people\)/,
    );
    expect(publication.citation.bibtex).toMatch(/^@misc\{longwave-exercise-and-pain-[0-9a-f]{8},/);
  });
});

describe("the same plan in Norwegian", () => {
  test("gives the same numbers in other words, without a causal one", async () => {
    const norwegian = await run(dataset, "nb");
    expect(norwegian.findings.map(({ rule, pHolm }) => [rule, pHolm])).toEqual(
      draft.findings.map(({ rule, pHolm }) => [rule, pHolm]),
    );
    expect(norwegian.study.title).toBe("Mosjon og smerte gjennom ett år");
    expect(finding(norwegian, "H1").label).toBe("I samme uke");
    expect(norwegian.methods.map(({ title }) => title)).toContain("Sammenligningen");
    expect(norwegian.figures[0]?.note).toBe("Simulerte personer · 300 invitert");
    expect(norwegian.limitations).toHaveLength(draft.limitations.length);
  });
});

describe("too little data is an answer, not an error", () => {
  test.each([
    ["nobody", 0, 5],
    ["two people", 2, 5],
    ["eight people", 8, 5],
    ["one wave", 100, 1],
  ])("%s", async (_, people, waves) => {
    const small = await run(partOf(people, waves));
    for (const { rule, verdict, sureWhy, estimate, pHolm } of small.findings) {
      expect([rule, verdict, estimate, pHolm]).toEqual(["not_fitted", "Too few answers to tell", null, null]);
      expect(sureWhy.length).toBeGreaterThan(20);
    }
    expect(small.answer.lead).toBe("There are too few answers to tell yet.");
    expect(small.models).toEqual([]);
    expect(verifySeal(seal(small, { version: "0.1.0" }))).toBe(true);
  });

  test("a group with fewer than ten people is not compared", async () => {
    const { columns } = dataset.personWave;
    const men = columns.find(({ name }) => name === "man")?.values ?? [];
    const ids = columns.find(({ name }) => name === "id")?.values ?? [];
    const few = [...new Set(ids.filter((_, row) => men[row] === 1))].slice(0, 7);
    const keep = ids.flatMap((id, row) => (men[row] === 0 || few.includes(id) ? [row] : []));
    const table = {
      ...dataset.personWave,
      nrows: keep.length,
      columns: columns.map((column) => ({
        ...column,
        values: keep.map((row) => column.values[row] ?? null),
      })),
    };
    const mostlyWomen = await run({ ...dataset, personWave: table });
    expect(finding(mostlyWomen, "H2").rule).toBe("not_fitted");
    expect(finding(mostlyWomen, "H2").sureWhy).toMatch(/fewer than 10 people/);
    expect(finding(mostlyWomen, "H1").rule).not.toBe("not_fitted");
  });
});

describe("another plan", () => {
  const input = {
    dataset,
    source: datasetSource(dataset),
    document: newDocument(),
    seed: 1,
    simulated: true,
  };
  const withHypotheses = (ids: readonly string[]) => ({
    ...protocol,
    plan: { ...protocol.plan, hypotheses: protocol.plan.hypotheses.filter(({ id }) => ids.includes(id)) },
  });

  test("without a same-week hypothesis is led by its first finding", async () => {
    const only = await runPlan({ ...input, protocol: withHypotheses(["H6"]) });
    expect(only.answer.lead).toBe(only.findings[0]?.sentence);
    expect(only.figures.map(({ id }) => id)).toEqual(["participant-flow"]);
  });

  test("that nobody has built a model for says so, and lists it", async () => {
    const other = { family: "other" as const, what: "a model of another kind" };
    const hypotheses = withHypotheses(["H3", "H4"]).plan.hypotheses.map((each) => ({
      ...each,
      model: other,
    }));
    const plan = { ...protocol.plan, hypotheses };
    const none = await runPlan({ ...input, protocol: { ...protocol, plan } });
    expect(none.findings).toEqual([]);
    expect(none.answer.lead).toBe("None of the planned answers can be computed by this version yet.");
    expect(none.notYetRun.map(({ id }) => id)).toEqual(expect.arrayContaining(["H3", "H4"]));
  });

  test("of the lags alone is led by the first of them", async () => {
    const lags = await runPlan({ ...input, protocol: withHypotheses(["H3", "H4", "H5"]) });
    expect(lags.findings.map(({ id }) => id)).toEqual(["H3", "H4", "H5"]);
    expect(lags.answer.lead).toBe(lags.findings[0]?.sentence);
  });
});

describe("the whole cohort of 6,419", () => {
  test("is answered by the planned models, with the verdict that follows from each estimate", async () => {
    const whole = await run(simulatedDataset(1, 6419));
    expect(whole.models.filter(({ fallbackUsed }) => fallbackUsed)).toEqual([]);
    expect(whole.findings.map(({ rule }) => rule)).toEqual([3, 2, 6, 5, 6, 3]);
    expect(whole.answer.lead).toMatch(/^A little, in the same week\./);
    expect(whole.answer.lead).toMatch(
      /How sure we are: clear for the short term, not clear for the long term\./,
    );
    for (const { path, length } of arraysIn(seal(whole, { version: "0.1.0" }))) {
      expect(length, path).toBeLessThan(400);
    }
  }, 240_000);
});
