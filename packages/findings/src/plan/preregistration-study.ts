import type { Instrument, Protocol } from "@longwave/study";
import type { PreregistrationItem } from "./preregistration-plan.ts";

/** The items of the form that are not about the plan. */
export interface StudyItems {
  readonly information: readonly PreregistrationItem[];
  readonly design: readonly PreregistrationItem[];
  readonly other: PreregistrationItem;
}

/** The items on what the study is, and how it is designed. */
export function studyItems(protocol: Protocol): StudyItems {
  const { title, question, aims, basedOn, replicationType, waves, locking } = protocol;
  const replicated = replicationType !== undefined && replicationType !== "none";
  return {
    information: [
      { title: "Title", answer: [title.en] },
      {
        title: "Description",
        answer: [question.en, ...aims.map(({ id, kind, text }) => `${id} (${kind}): ${text}`)],
      },
    ],
    design: [
      {
        title: "Study type",
        answer: ["Observational study: nobody is assigned to anything; people answer over time."],
      },
      {
        title: "Blinding",
        answer: [
          `No estimate is seen before the data are locked by ${locking.people} people. Looks at an effect before that: ${locking.interimEffectLooks}.`,
        ],
      },
      { title: "Is there any additional blinding in this study?", answer: [] },
      {
        title: "Study design",
        answer: waves.map(
          ({ id, label, offsetDays, opensDays, closesDays }) =>
            `${id} (${label.en}): day ${offsetDays} after enrolment, open from ${offsetDays + opensDays} to ${offsetDays + closesDays}`,
        ),
      },
      { title: "Randomization", answer: ["None: the study has no groups to assign."] },
    ],
    other: {
      title: "Other",
      answer: [
        ...(basedOn === undefined ? [] : [`Based on: ${basedOn}`]),
        ...(replicated ? [`Replication: ${replicationType}`] : []),
        locking.preregistration,
        `Order of analysis: ${locking.analysisOrder.join(", ").replaceAll("_", " ")}.`,
        `After the lock: ${locking.after}`,
      ],
    },
  };
}

/** The same for answers gathered elsewhere: how they were is not in the plan, so those items have no answer. */
export function givenItems(items: StudyItems): StudyItems {
  const open = ({ title }: PreregistrationItem): PreregistrationItem => ({ title, answer: [] });
  return { information: items.information, design: items.design.map(open), other: open(items.other) };
}

/** Sampling, for answers gathered elsewhere: the data exist, and which of them are read. */
export function givenSampling(protocol: Protocol): readonly PreregistrationItem[] {
  const { include } = protocol.eligibility;
  const only = include.length === 0 ? [] : [`Only the rows with \`${include.join("; ")}\` are read.`];
  return samplingItems(protocol).map(({ title }) => ({
    title,
    answer:
      title === "Existing data" ? ["The answers had been gathered when this plan was written.", ...only] : [],
  }));
}

/** How people come into the study, how many, and when it stops. */
export function samplingItems({
  eligibility,
  recruitment,
  power,
  locking,
}: Protocol): readonly PreregistrationItem[] {
  const { include, exclude, notExcluded } = eligibility;
  const days = recruitment.contacts.map(({ day }) => day).join(", ");
  return [
    { title: "Existing data", answer: [] },
    { title: "Explanation of existing data", answer: [] },
    {
      title: "Data collection procedures",
      answer: [
        `Included: ${include.join("; ")}.`,
        `Excluded: ${exclude.join("; ")}.`,
        `Not a reason to exclude: ${notExcluded.join("; ")}.`,
        `Invitations and reminders on days ${days}; the invitation closes on day ${recruitment.closesDay}.`,
      ],
    },
    { title: "Sample size", answer: [`${power.targetN} people.`] },
    { title: "Sample size rationale", answer: [power.basis, power.rerun] },
    { title: "Stopping rule", answer: locking.enrolmentStop },
  ];
}

/** What is asked, and what is computed from it. */
export function measuredVariables(protocol: Protocol): readonly PreregistrationItem[] {
  const { outcome, exposure, moderator } = protocol.plan.variables;
  const roles = [
    `Outcome: \`${outcome.name}\` (${outcome.label.en}, ${outcome.unit.en})`,
    `Exposure: \`${exposure.name}\` (${exposure.label.en}, ${exposure.unit.en})`,
    ...(moderator === undefined ? [] : [`Groups compared: \`${moderator.name}\` (${moderator.label.en})`]),
  ];
  const named = protocol.derived.filter(({ expr }) => /[+*/(-]/.test(expr));
  return [
    { title: "Manipulated variables", answer: ["None: nothing is manipulated."] },
    { title: "Measured variables", answer: [...roles, ...protocol.instruments.map(instrumentText)] },
    {
      title: "Indices",
      answer: named.map(({ name, label, expr }) => `\`${name}\` (${label.en}): \`${expr}\``),
    },
  ];
}

function instrumentText({ id, role, items, source }: Instrument): string {
  const names = items.map((item) => `\`${item.id}\``).join(", ");
  return `${id} (${role.replaceAll("_", " ")}): ${names}${source === undefined ? "" : `. ${source}`}`;
}
