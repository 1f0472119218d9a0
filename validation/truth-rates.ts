// The demonstration over many seeds: how often the answers of its confirmatory plan hold the truth it was simulated from.
import { readFileSync } from "node:fs";
import {
  type Finding,
  type PublicationDraft,
  runPlan,
  type SimulationTruth,
  simulateStudy,
} from "@longwave/findings";
import { datasetSource } from "@longwave/source";
import { buildDataset } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { parseHTML } from "linkedom";

const text = readFileSync(new URL("../protocols/exercise-and-pain.yaml", import.meta.url), "utf8");
const protocol = readProtocol(text, "protocols/exercise-and-pain.yaml");

/** A number of the demonstration whose true value is known, and how often its 95 % interval held it. */
export interface TruthRate {
  readonly what: string;
  readonly truth: number;
  readonly held: number;
}

export interface TruthRates {
  readonly seeds: number;
  readonly people: number;
  readonly rates: readonly TruthRate[];
  /** Seeds at which at least one lag, truly zero, was called sure after Holm's correction. */
  readonly falseLags: number;
  /** How often each rule of the verdicts spoke, by hypothesis. */
  readonly rules: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** What one seed says of each number that is known. */
function intervalsOf(draft: PublicationDraft, truth: SimulationTruth) {
  const finding = (id: string): Finding => {
    const found = draft.findings.find((each) => each.id === id);
    if (found?.estimate == null) throw new Error(`Expected an estimate of ${id}; found none.`);
    return found;
  };
  const row = (id: string, role: string): Interval => {
    const found = finding(id).rows.find((each) => each.role === role);
    if (found === undefined) throw new Error(`Expected a row "${role}" of ${id}; found none.`);
    return found;
  };
  const { withinSlope, withinSlopeWomen, withinSlopeMen, withinStdDevExercise: step } = truth;
  const lag = (id: string): Interval => finding(id).estimate ?? { lower: Number.NaN, upper: Number.NaN };
  return [
    { what: "H1, slope of everyone", truth: withinSlope * step, interval: row("H1", "everyone") },
    { what: "H2, slope of women", truth: withinSlopeWomen * step, interval: row("H2", "women") },
    { what: "H2, slope of men", truth: withinSlopeMen * step, interval: row("H2", "men") },
    { what: "H3, exercise to later pain", truth: truth.lagExerciseToPain, interval: lag("H3") },
    { what: "H4, pain to later exercise", truth: truth.lagPainToExercise, interval: lag("H4") },
  ];
}

async function runSeed(seed: number, people: number) {
  const start = { startAt: Date.UTC(2025, 0, 13, 9), timeZone: "Europe/Oslo" };
  const study = simulateStudy(protocol, { seed, people, ...start });
  if (study.truth === undefined) throw new Error("The stated truth has a truth.");
  const upToSeq = study.answers.at(-1)?.seq ?? 0;
  const dataset = buildDataset({ protocol, people: study.people, answers: study.answers, upToSeq });
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const source = datasetSource(dataset);
  const input = {
    protocol,
    dataset,
    source,
    document,
    seed,
    simulated: true,
    scope: "confirmatory",
  } as const;
  const draft = await runPlan(input);
  return { findings: draft.findings, known: intervalsOf(draft, study.truth) };
}

/** Runs the confirmatory plan at seeds 1 to `seeds` and counts; `onSeed` hears of each. */
export async function truthRates(
  seeds: number,
  people: number,
  onSeed: (seed: number) => void,
): Promise<TruthRates> {
  const held = new Map<string, TruthRate>();
  const rules = new Map<string, Map<string, number>>();
  let falseLags = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { findings, known } = await runSeed(seed, people);
    for (const { what, truth, interval } of known) {
      const before = held.get(what)?.held ?? 0;
      held.set(what, {
        what,
        truth,
        held: before + Number(interval.lower < truth && truth < interval.upper),
      });
    }
    for (const { id, rule } of findings) {
      const counts = rules.get(id) ?? new Map<string, number>();
      rules.set(id, counts.set(String(rule), (counts.get(String(rule)) ?? 0) + 1));
    }
    const sure = ({ id, pHolm }: Finding) => (id === "H3" || id === "H4") && pHolm !== null && pHolm < 0.05;
    falseLags += Number(findings.some(sure));
    onSeed(seed);
  }
  return { seeds, people, rates: [...held.values()], falseLags, rules };
}

/** Whether every interval held the truth about 95 times in 100, within 0.01 and two Monte-Carlo errors, and Holm's 5 % holds. */
export function ratesHold({ seeds, rates, falseLags }: TruthRates): boolean {
  const near = (held: number) => Math.abs(held / seeds - 0.95) < 0.01 + 2 * Math.sqrt((0.95 * 0.05) / seeds);
  return (
    rates.every(({ held }) => near(held)) && falseLags / seeds < 0.06 + 2 * Math.sqrt((0.05 * 0.95) / seeds)
  );
}

const RULES = ["1", "2", "3", "4", "5", "6", "7", "not_fitted"];

/** The generated tables of validation/README.md. */
export function truthRatesTable({ seeds, people, rates, falseLags, rules }: TruthRates): string {
  const percent = (count: number) => `${((100 * count) / seeds).toFixed(1)} %`;
  return [
    `Seeds 1 to ${seeds}, ${people} people invited at each.`,
    "",
    "| number | truth | the 95 % interval held it |",
    "|---|---|---|",
    ...rates.map(({ what, truth, held }) => `| ${what} | ${truth.toFixed(4)} | ${percent(held)} |`),
    "",
    `At ${percent(falseLags)} of the seeds a lag that is truly zero was called sure (Holm's correction allows 5 %).`,
    "",
    "How often each rule of the verdicts spoke:",
    "",
    `| hypothesis | ${RULES.join(" | ")} |`,
    `|---|${RULES.map(() => "---").join("|")}|`,
    ...[...rules].map(
      ([id, counts]) => `| ${id} | ${RULES.map((rule) => counts.get(rule) ?? 0).join(" | ")} |`,
    ),
  ].join("\n");
}
