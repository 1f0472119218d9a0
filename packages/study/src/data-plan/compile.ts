import type { ColumnMapping } from "../dataset/types.ts";
import { StudyError } from "../errors.ts";
import { checkMeaning } from "../protocol/checks.ts";
import type { AnalysisPlan, Hypothesis } from "../protocol/plan-types.ts";
import type { LocalText, Protocol, WaveText } from "../protocol/types.ts";
import { plannedChecks } from "./default-checks.ts";
import { defaultHypotheses, lagComparisons } from "./default-hypotheses.ts";
import { type PlanFormulas, planFormulas } from "./formulas.ts";
import { formulaNames } from "./names.ts";
import { givenInstruments, planMapping, wavesAnswered } from "./questions.ts";
import type { DataPlan } from "./types.ts";

/** A plan as the study text that every analysis starts from, and the mapping of the file's columns onto it. */
export interface CompiledPlan {
  readonly protocol: Protocol;
  readonly mapping: ColumnMapping;
}

/**
 * The study text a plan stands for: the same models, bundle and verdict rules as any study. What a plan cannot know
 * (consent, messages, safety) says so in plain words.
 *
 * @throws StudyError when hypotheses or analyses written out name what the plan does not hold.
 */
export function compilePlan(plan: DataPlan): CompiledPlan {
  const names = formulaNames(plan);
  const waves = wavesOf(plan);
  const instruments = givenInstruments(plan, names);
  const formulas = planFormulas(plan, names, waves.length);
  const { x, y } = formulas;
  const protocol: Protocol = {
    ...withoutAStudy,
    id: plan.id,
    title: plan.title,
    question: plan.question,
    contact: plan.contact ?? { name: "Not stated", email: "not-stated@example.invalid" },
    ...(plan.simulated === undefined ? {} : { simulated: plan.simulated }),
    minutesByWave: Object.fromEntries(waves.map(({ id }) => [id, 1])),
    eligibility: { ...withoutAStudy.eligibility, include: plan.only === undefined ? [] : [plan.only] },
    waves,
    batteries: { all: instruments.map(({ id }) => id) },
    instruments,
    derived: [wavesAnswered(y, x)],
    plan: analysisPlan(plan, formulas, waves.length),
  };
  const problems = checkMeaning(protocol);
  if (problems.length > 0) throw new StudyError(problems.map(inPlan));
  return { protocol, mapping: planMapping(plan, names) };
}

/** A problem of the written-out hypotheses stands at the same place in the plan, without its `plan`. */
function inPlan(problem: StudyError["problems"][number]): StudyError["problems"][number] {
  return problem.path[0] === "plan" ? { ...problem, path: problem.path.slice(1) } : problem;
}

function analysisPlan(plan: DataPlan, formulas: PlanFormulas, waves: number): AnalysisPlan {
  const { outcome, exposure, by, lagLimits } = plan;
  const hypotheses = plan.hypotheses ?? defaultHypotheses(plan, formulas, waves);
  const lags = hypotheses.some(({ test }) => test.kind === "path");
  const first = hypotheses[0]?.id ?? "H1";
  return {
    bounds: {
      [formulas.y]: {
        negligible: outcome.negligible,
        noticeable: outcome.noticeable,
        unit: outcome.unit,
      },
      std_cross_lag: {
        ...(lagLimits ?? crossLagLimits),
        unit: { en: "standard units", nb: "standardenheter" },
      },
    },
    variables: {
      outcome: { name: formulas.y, label: outcome.label, unit: outcome.unit, range: outcome.range },
      exposure: { name: formulas.x, label: exposure.label, unit: exposure.unit, range: exposure.range },
      person: "id",
      wave: "wave",
      ...(by === undefined || formulas.group === undefined
        ? {}
        : {
            moderator: moderatorOf(
              formulas.group,
              by.groups.map(({ label }) => label),
            ),
          }),
    },
    hypotheses,
    exploratory: slopesBetweenPeople(hypotheses[0], formulas, waves),
    sensitivity: plannedChecks(plan, formulas, { waves, first }),
    comparisons: lags ? lagComparisons(formulas) : [],
    multiplicity: {
      method: "holm",
      over: hypotheses.filter(({ test }) => test.kind !== "intersection").map(({ id }) => id),
    },
  };
}

/** Limits of a standardised path; those of the project's own study. */
const crossLagLimits = { negligible: 0.03, noticeable: 0.07 };

function moderatorOf(name: string, [first, second]: readonly LocalText[]) {
  const text = (language: "en" | "nb", group: LocalText | undefined) => group?.[language] ?? group?.en ?? "";
  return {
    name,
    label: {
      en: `${text("en", first)} and ${text("en", second)}`,
      nb: `${text("nb", first)} og ${text("nb", second)}`,
    },
    unit: {
      en: `0 is ${text("en", first)}, 1 is ${text("en", second)}`,
      nb: `0 er ${text("nb", first)}, 1 er ${text("nb", second)}`,
    },
  };
}

function slopesBetweenPeople(
  first: Hypothesis | undefined,
  { x }: PlanFormulas,
  waves: number,
): AnalysisPlan["exploratory"] {
  const term = `within(${x})`;
  if (waves < 3 || first?.test.kind !== "term" || first.test.term !== term) return [];
  return [
    {
      id: "E1",
      what: {
        en: "How much this slope differs between people, and how reliable personal slopes are",
        nb: "Hvor mye denne stigningen varierer mellom folk, og hvor reliable personlige stigninger er",
      },
      model: { family: "slope_profile", of: first.id, term },
    },
  ];
}

/** The waves of a plan. Unknown distances are written uneven, so that no sentence names one. */
function wavesOf({ time }: DataPlan): readonly WaveText[] {
  const wave = (index: number, label: LocalText, day: number): WaveText => ({
    id: `w${index + 1}`,
    label,
    offsetDays: day,
    opensDays: 0,
    closesDays: 0,
    batteries: ["all"],
    messages: [],
  });
  const numbered = (index: number): LocalText => ({ en: `Wave ${index + 1}`, nb: `Runde ${index + 1}` });
  const unknown = (index: number) => (index * (index + 1)) / 2;
  switch (time.kind) {
    case "coded":
      return time.values.map((value, index) =>
        wave(index, { en: `${time.column} ${value}` }, time.days?.[index] ?? unknown(index)),
      );
    case "counted":
      return Array.from({ length: time.waves }, (_, index) =>
        wave(index, numbered(index), Math.round(index * time.every)),
      );
    case "wide": {
      const length = Object.values(time.columns)[0]?.length ?? 0;
      return Array.from({ length }, (_, index) =>
        wave(index, numbered(index), time.days?.[index] ?? unknown(index)),
      );
    }
  }
}

const elsewhere = "The answers were gathered elsewhere; Longwave asked nobody.";
const notStated = "Not stated in the plan.";

/** The parts of a study text that a plan for gathered answers has nothing to say on. */
const withoutAStudy: Omit<Protocol, "waves" | "instruments" | "plan" | "title" | "question" | "contact"> = {
  schema: "longwave.protocol/1",
  id: "my-data",
  version: "1.0.0",
  languages: ["en"],
  minutesByWave: {},
  aims: [],
  eligibility: { include: [], exclude: [], notExcluded: [], ageBands: [], stratifyReportsBy: [] },
  consent: {
    version: 1,
    title: { en: "Gathered elsewhere" },
    sections: [{ title: { en: "Consent" }, paragraphs: [{ en: elsewhere }] }],
    ticks: [{ id: "none", label: { en: notStated }, promise: { en: notStated }, required: true }],
    reconsentWhen: [],
    record: [],
  },
  batteries: {},
  messages: { quietFrom: "21:00", quietTo: "08:00", maxPerWave: 0, maxPromptsPerDay: 0 },
  derived: [],
  power: { targetN: 1, basis: notStated, rerun: notStated },
  safety: { helpText: { en: elsewhere }, helpWhen: [], pause: notStated, never: [] },
  locking: {
    when: elsewhere,
    people: 1,
    produces: [],
    after: notStated,
    lateAnswers: notStated,
    enrolmentStop: [],
    interimEffectLooks: 0,
    analysisOrder: [],
    preregistration: notStated,
  },
  recruitment: { contacts: [], closesDay: 0 },
};
