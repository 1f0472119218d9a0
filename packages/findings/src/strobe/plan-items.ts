import type { PlannedAnalysis } from "@longwave/study";
import { type Preregistration, type PreregistrationItem, preregistration } from "../plan/preregistration.ts";
import type { Known, StrobeBlock, StrobeSource } from "./types.ts";

/** Paragraphs as blocks. */
export function texts(...lines: readonly string[]): readonly StrobeBlock[] {
  return lines.filter((line) => line !== "").map((text) => ({ kind: "text", text }));
}

/** Items 1 to 12: from the study text, its locked plan and the dates of what happened. */
export function planKnown(source: StrobeSource): Readonly<Record<string, Known>> {
  const { protocol, results } = source;
  const form = preregistration(protocol);
  return {
    "1a": {
      blocks: texts(
        `Title: ${protocol.title.en}.`,
        `A cohort study: the same people are asked ${protocol.waves.length} times.`,
      ),
    },
    "1b": results
      ? { blocks: texts(results.answer.lead, results.answer.caution), anchor: "short" }
      : { blocks: [], hidden: true },
    "2": {
      blocks: texts(`Question: ${protocol.question.en}`, basedOn(source)),
      toWrite: "The scientific background and why the study was needed.",
    },
    "3": { blocks: answers(form, "Hypotheses", aimLines(source)), anchor: "plan" },
    "4": {
      blocks: answers(form, "Study design", [
        "A cohort study by questionnaire; nobody is assigned to anything.",
      ]),
    },
    "5": settingKnown(source),
    "6a": { blocks: answers(form, "Data collection procedures", followedLines(source)) },
    "6b": { blocks: texts("The study is not matched.") },
    "7": { blocks: answers(form, "Measured variables", [], 3) },
    "8": { blocks: instrumentBlocks(source) },
    "9": biasKnown(source),
    "10": { blocks: [...answers(form, "Sample size"), ...answers(form, "Sample size rationale")] },
    "11": { blocks: answers(form, "Transformations"), anchor: "how" },
    ...analysisKnown(source, form),
  };
}

function basedOn({ protocol }: StrobeSource): string {
  return protocol.basedOn === undefined ? "" : `The design follows an earlier study: ${protocol.basedOn}`;
}

function aimLines({ protocol }: StrobeSource): readonly string[] {
  return protocol.aims.map(({ id, kind, text }) => `${id} (${kind}): ${text}`);
}

function followedLines({ protocol }: StrobeSource): readonly string[] {
  return [`People were followed by the same questionnaire at ${protocol.waves.length} waves.`];
}

/** The answer to one item of the preregistration, after some lines of its own. */
function answers(
  { sections }: Preregistration,
  title: string,
  before: readonly string[] = [],
  most = Number.POSITIVE_INFINITY,
): readonly StrobeBlock[] {
  const found: PreregistrationItem | undefined = sections
    .flatMap(({ items }) => items)
    .find((item) => item.title === title);
  return texts(...before, ...(found?.answer ?? []).slice(0, most));
}

function settingKnown({ protocol, reporting, study }: StrobeSource): Known {
  const { invited, answered } = reporting;
  const months = ({ from, to }: { from: string; to: string }): string =>
    from === to ? from : `${from} to ${to}`;
  const last = protocol.waves.at(-1);
  const dates = [
    ...(invited === undefined ? [] : [`People were invited in ${months(invited)}.`]),
    ...(answered === undefined ? [] : [`They answered in ${months(answered)}.`]),
    ...(last === undefined ? [] : [`Each person was followed for ${last.offsetDays} days after enrolment.`]),
    study.source === "file" ? "The answers come from a file; how they were gathered is not known here." : "",
  ];
  return { blocks: texts(...dates), toWrite: "Places, and how people there were found." };
}

function instrumentBlocks({ protocol }: StrobeSource): readonly StrobeBlock[] {
  const rows = protocol.instruments
    .filter(({ trigger }) => trigger === undefined)
    .map(({ id, role, items, source, declaration }) => [
      id,
      role.replaceAll("_", " "),
      items.map(({ text }) => text.en).join(" / "),
      [source, declaration?.en].filter((part) => part !== undefined).join(" "),
    ]);
  const columns = ["Instrument", "Role", "Questions", "Source"];
  return [
    ...texts("Everyone gets the same questions in the same form."),
    { kind: "table", title: "What was asked", columns, rows },
  ];
}

function biasKnown({ protocol, study }: StrobeSource): Known {
  const analyses = protocol.plan.sensitivity.map(({ id, what }) => `${id}: ${what.en}`);
  return {
    blocks: texts(
      study.source === "file"
        ? "Whether the plan was written before the answers were seen is not known here."
        : "No estimate is seen before the data are locked by two people, and the plan was fixed before the first answer.",
      `Analyses planned against possible bias: ${analyses.join("; ")}.`,
    ),
    toWrite: "Other possible sources of bias, such as who was reached at all.",
  };
}

function analysisKnown(source: StrobeSource, form: Preregistration): Readonly<Record<string, Known>> {
  const { plan } = source.protocol;
  const of = (...families: readonly string[]): readonly PlannedAnalysis[] =>
    plan.sensitivity.filter(({ model }) => families.includes(model.family));
  const groups = plan.hypotheses.filter(({ test }) => test.kind === "difference");
  const loss = of("delta_imputation", "pattern_mixture", "weights").map(planned);
  const moderator = plan.variables.moderator?.label.en;
  return {
    "12a": {
      blocks: [
        ...answers(form, "Statistical models"),
        ...answers(form, "Inference criteria"),
        ...departureBlocks(source),
      ],
      anchor: "plan",
    },
    "12b": {
      blocks: texts(
        ...groups.map(({ id, claim }) => `${id}: ${claim.en}`),
        moderator === undefined
          ? "The plan compares no groups."
          : `Groups compared: ${moderator}. Their difference is a term of the model and is tested as such.`,
      ),
    },
    "12c": { blocks: answers(form, "Missing data", [], 2), anchor: "how" },
    "12d": {
      blocks: texts(...(loss.length > 0 ? loss : ["The plan names no analysis of loss to follow-up."])),
      ...(source.results?.attrition === undefined ? {} : { anchor: "left" }),
    },
    "12e": {
      blocks: texts(...plan.sensitivity.map(planned)),
      ...(source.results?.sensitivity === undefined ? {} : { anchor: "otherwise" }),
    },
  };
}

function planned({ id, what }: PlannedAnalysis): string {
  return `${id}: ${what.en}.`;
}

const timings = {
  before_first_answer: "before the first answer",
  before_data_seen: "after the first answer, before results were seen",
  after_data_seen: "after results were seen",
};

function departureBlocks({ deviations, plan }: StrobeSource): readonly StrobeBlock[] {
  const locked = plan.lockedAt === undefined ? "" : ` It was locked on ${day(plan.lockedAt)}.`;
  const name = `The plan has the name ${plan.hash}.${locked}`;
  if (deviations.length === 0) return texts(name, "No departures from the plan were recorded.");
  const rows = deviations.map(({ clause, what, why, at, timing }) => [
    clause,
    what,
    why,
    at === undefined || timing === undefined
      ? "found when the plan was run"
      : `${day(at)}, ${timings[timing]}`,
  ]);
  const columns = ["Part of the plan", "What", "Why", "When"];
  return [...texts(name), { kind: "table", title: "Departures from the plan", columns, rows }];
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
