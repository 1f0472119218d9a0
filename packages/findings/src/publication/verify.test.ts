import { type AnswerRecord, buildDataset, type Dataset } from "@longwave/study";
import { beforeAll, describe, expect, test } from "vitest";
import { withDeviations } from "../plan/found-deviations.ts";
import { run } from "../testing/plan.ts";
import { protocol, simulated } from "../testing/study.ts";
import type { Deviation } from "./deviation-types.ts";
import { differencesOf } from "./differences.ts";
import { seal } from "./seal.ts";
import type { Publication, PublicationDraft } from "./types.ts";
import { type Verification, verifyPublication } from "./verify.ts";

const version = "0.1.0";
const study = simulated(2, 160);

/** The dataset of the first `people` people invited. */
function datasetOf(people: number): Dataset {
  const known = study.people.slice(0, people);
  const ids = new Set(known.map(({ id }) => id));
  const answers = study.answers.filter(({ person }) => ids.has(person));
  return buildDataset({ protocol, people: known, answers, upToSeq: study.answers.at(-1)?.seq ?? 0 });
}

/** The first answer to the question about pain from someone who answered twice and could have said one more. */
const changedAnswer = study.answers.findIndex(
  ({ item, person, payload }) =>
    item === "pain_vrs" &&
    payload.kind === "value" &&
    Number(payload.value) < 5 &&
    study.answers.filter((other) => other.person === person && other.item === item).length > 1,
);

function oneMore(answer: AnswerRecord): AnswerRecord {
  if (answer.payload.kind !== "value") return answer;
  return { ...answer, payload: { kind: "value", value: Number(answer.payload.value) + 1 } };
}

let draft: PublicationDraft;
let bundle: Publication;

beforeAll(async () => {
  draft = await run(datasetOf(160));
  bundle = seal(draft, { version });
});

/** The bundle as a file gives it back, with one change. */
function changed(change: (bundle: Record<string, unknown>) => void): Publication {
  const copy = JSON.parse(JSON.stringify(bundle)) as Record<string, unknown>;
  change(copy);
  return copy as unknown as Publication;
}

function places(found: Verification): readonly string[] {
  return [...found.origins, ...found.results].map(({ what }) => what);
}

describe("a bundle and a second run", () => {
  test("are the same when plan, data, code and seed are", async () => {
    const again = await run(datasetOf(160));
    const found = verifyPublication(bundle, { draft: again, version });
    expect(found).toMatchObject({ same: true, sealed: true, origins: [], results: [], notes: [] });
  });

  test("differ by every number that the data of fewer people change, and how many are gone is counted", async () => {
    const again = await run(datasetOf(150));
    const found = verifyPublication(bundle, { draft: again, version });
    expect(found.same).toBe(false);
    expect(found.sealed).toBe(true);
    expect(places(found)).toEqual(
      expect.arrayContaining(["hash of the data", "dataset, people", "finding H1: estimate, value"]),
    );
    expect(found.notes.join(" ")).toMatch(/\d+ people fewer who answered, and \d+ rows fewer/);
  });

  test("have other names when a byte of the plan is another, and the plan is what differs", () => {
    const plan = { ...protocol.plan, rows: "late == 0 " };
    const other = {
      ...draft,
      plan: { ...draft.plan, hash: "0".repeat(64) },
      protocol: { ...protocol, plan },
    };
    expect(seal(other, { version }).hash).not.toBe(bundle.hash);
    const found = verifyPublication(bundle, { draft: other, version });
    expect(found.origins.map(({ what }) => what)).toEqual(["hash of the plan"]);
    expect(found.results).toEqual([]);
  });

  test("have other names when one answer of one person is another, and the data are what differs", async () => {
    const answers = study.answers.map((answer, index) =>
      index === changedAnswer ? oneMore(answer) : answer,
    );
    const upToSeq = answers.at(-1)?.seq ?? 0;
    const other = await run(buildDataset({ protocol, people: study.people, answers, upToSeq }));
    expect(seal(other, { version }).hash).not.toBe(bundle.hash);
    const found = verifyPublication(bundle, { draft: other, version });
    expect(found.sealed).toBe(true);
    expect(found.origins.map(({ what }) => what)).toEqual(["hash of the data"]);
    expect(places(found)).toEqual(expect.arrayContaining(["finding H1: estimate, value"]));
  });

  test("are the same beside departures that people listed, which the seal covers", () => {
    const listed: Deviation = {
      kind: "recorded",
      clause: "H1",
      what: "Age as a curve.",
      why: "A reviewer asked.",
      at: 1,
      by: "Kari",
      timing: "after_data_seen",
    };
    const sealed = seal(withDeviations(draft, [listed]), { version });
    expect(sealed.hash).not.toBe(bundle.hash);
    expect(verifyPublication(sealed, { draft, version }).same).toBe(true);
    const rewritten = { ...listed, why: "Nobody asked." };
    const forged = { ...sealed, deviations: [rewritten] };
    expect(verifyPublication(forged, { draft, version }).sealed).toBe(false);
  });

  test("have other names with another seed, and the seed is what differs", () => {
    const other = { ...draft, seed: 2 };
    expect(seal(other, { version }).hash).not.toBe(bundle.hash);
    const found = verifyPublication(bundle, { draft: other, version });
    expect(found.origins).toEqual([{ what: "seed", inBundle: "1", here: "2" }]);
  });

  test("name the version of the code when it is another, and say which one to use", () => {
    const found = verifyPublication(bundle, { draft, version: "9.9.9" });
    expect(found.origins).toEqual([{ what: "version of Longwave", inBundle: "0.1.0", here: "9.9.9" }]);
    expect(found.notes.join(" ")).toContain("use Longwave 0.1.0");
  });
});

describe("a bundle that was changed after it was sealed", () => {
  test("is found out by its name, and the number that was changed is shown", () => {
    const forged = changed((copy) => {
      const [first] = copy.findings as { estimate: { value: number } }[];
      if (first) first.estimate.value += 1e-6;
    });
    const found = verifyPublication(forged, { draft, version });
    expect(found.sealed).toBe(false);
    expect(found.results.map(({ what }) => what)).toEqual(["finding H1: estimate, value"]);
  });

  test("is found out when only its seed was changed, although no number differs", () => {
    const forged = changed((copy) => {
      copy.seed = 7;
    });
    const found = verifyPublication(forged, { draft: { ...draft, seed: 7 }, version });
    expect(found.sealed).toBe(false);
    expect(found.results).toEqual([]);
    expect(found.notes.join(" ")).toContain("declared, not computed: the seed");
  });

  test("is found out when a word of a sentence was changed", () => {
    const forged = changed((copy) => {
      const answer = copy.answer as { lead: string };
      answer.lead = answer.lead.replace(/\.$/, "!");
    });
    const found = verifyPublication(forged, { draft, version });
    expect(found.sealed).toBe(false);
    expect(found.results.map(({ what }) => what)).toEqual(["short answer lead"]);
  });
});

describe("differences", () => {
  test("leave out what is the same to 1e-9, relative to the larger number or to 1", () => {
    expect(differencesOf({ a: 1e6, b: 1e-12 }, { a: 1e6 + 1e-4, b: 0 })).toEqual([]);
    expect(differencesOf({ a: 1 }, { a: 1 + 1e-8 })).toHaveLength(1);
  });

  test("pair the entries of a list by id, so that a part which only one has does not shift the others", () => {
    const found = differencesOf(
      {
        findings: [
          { id: "H1", p: 1 },
          { id: "H2", p: 2 },
        ],
      },
      { findings: [{ id: "H2", p: 2 }] },
    );
    expect(found).toEqual([{ what: "finding H1", inBundle: "(there)", here: "(not there)" }]);
  });

  test("show long texts from a little before the place where they part", () => {
    const [found] = differencesOf({ svg: `${"x".repeat(90)}1` }, { svg: `${"x".repeat(90)}2` });
    expect(found?.inBundle).toBe("…xxxxxxxxxxxx1");
    expect(found?.here).toBe("…xxxxxxxxxxxx2");
  });
});
