import { type Protocol, planHash, protocolHash } from "@longwave/study";
import { deviationText } from "../page/text/deviations.ts";
import type { Deviation } from "../publication/deviation-types.ts";
import { isGiven } from "../words/study-names.ts";
import { type PreregistrationItem, planItems } from "./preregistration-plan.ts";
import {
  givenItems,
  givenSampling,
  measuredVariables,
  samplingItems,
  studyItems,
} from "./preregistration-study.ts";

export type { PreregistrationItem } from "./preregistration-plan.ts";

export interface PreregistrationSection {
  readonly title: string;
  readonly items: readonly PreregistrationItem[];
}

/** A study text in the sections and order of the OSF Preregistration form. */
export interface Preregistration {
  readonly format: "longwave.preregistration/1";
  /** The form whose order it keeps. */
  readonly order: "OSF Preregistration";
  readonly study: { readonly id: string; readonly version: string; readonly hash: string };
  readonly planHash: string;
  readonly sections: readonly PreregistrationSection[];
  /** Later departures from this plan, in the order in which they were listed; absent where they are not known. */
  readonly departures?: readonly Deviation[];
}

/**
 * The plan of a study in the order of the OSF Preregistration form: study information, design plan, sampling plan,
 * variables, analysis plan, other. What is a matter of judgement and not in the study text has no answer.
 *
 * @param departures  what was listed since, when that is known; the plan itself stays as it was.
 */
export function preregistration(protocol: Protocol, departures?: readonly Deviation[]): Preregistration {
  const study = isGiven(protocol) ? givenItems(studyItems(protocol)) : studyItems(protocol);
  const sampling = isGiven(protocol) ? givenSampling(protocol) : samplingItems(protocol);
  const plan = planItems(protocol);
  return {
    format: "longwave.preregistration/1",
    order: "OSF Preregistration",
    study: { id: protocol.id, version: protocol.version, hash: protocolHash(protocol) },
    planHash: planHash(protocol),
    sections: [
      { title: "Study Information", items: [...study.information, plan.hypotheses] },
      { title: "Design Plan", items: study.design },
      { title: "Sampling Plan", items: sampling },
      { title: "Variables", items: measuredVariables(protocol) },
      { title: "Analysis Plan", items: plan.analysis },
      { title: "Other", items: [study.other] },
    ],
    ...(departures === undefined ? {} : { departures }),
  };
}

const notStated = "*Not stated in the study text.*";

/** A preregistration as Markdown, ready to be pasted section by section. */
export function preregistrationMarkdown({ study, planHash, sections, departures }: Preregistration): string {
  const parts = sections.flatMap(({ title, items }) => [
    `## ${title}`,
    ...items.flatMap((item) => [
      `### ${item.title}`,
      item.answer.length === 0 ? notStated : answerText(item.answer),
    ]),
  ]);
  const names = `Study ${study.id}, version ${study.version}. Study text ${study.hash}. Plan ${planHash}.`;
  return `${["# Preregistration", names, ...parts, ...departureParts(departures)].join("\n\n")}\n`;
}

/** What was listed since, after the form: it is no part of the plan. */
function departureParts(departures: readonly Deviation[] | undefined): readonly string[] {
  if (departures === undefined) return [];
  const words = deviationText("en");
  return [
    `## ${words.title}`,
    departures.length === 0 ? words.none : words.lead,
    ...departures.flatMap(({ clause, what, why, at, by, timing }) => [
      `### ${clause}`,
      what,
      `${words.reason}: ${why}`,
      at === undefined || timing === undefined
        ? `${words.found}.`
        : `${words.timing[timing]}. ${words.entered(new Date(at).toISOString().slice(0, 10), by ?? "")}.`,
    ]),
  ];
}

function answerText(answer: readonly string[]): string {
  return answer.length === 1 ? (answer[0] ?? "") : answer.map((line) => `- ${line}`).join("\n");
}
