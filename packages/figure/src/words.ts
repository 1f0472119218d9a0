import type { FigureContext, FigureLanguage } from "./types.ts";

/** The few words a figure adds by itself; everything else is written by the caller. */
export interface FigureText {
  readonly invited: string;
  readonly step: string;
  readonly people: string;
  readonly ofInvited: string;
  readonly group: string;
  readonly comparison: string;
  readonly estimate: string;
  readonly what: string;
  readonly slopePerPoint: string;
  readonly averageAt: string;
  readonly answers: string;
  readonly interval: string;
  readonly to: string;
  readonly perPoint: string;
  readonly notEnough: string;
  readonly notEnoughWhy: string;
}

const texts: Readonly<Record<FigureLanguage, FigureText>> = {
  en: {
    invited: "Invited",
    step: "Step",
    people: "People",
    ofInvited: "Of invited",
    group: "Group",
    comparison: "Comparison",
    estimate: "Estimate",
    what: "What",
    slopePerPoint: "Slope, per point",
    averageAt: "Average at",
    answers: "Answers",
    interval: "95% interval",
    to: "to",
    perPoint: "per point",
    notEnough: "Not enough answers to draw this",
    notEnoughWhy: "Groups under 10 people are not shown, to keep them private.",
  },
  nb: {
    invited: "Invitert",
    step: "Trinn",
    people: "Personer",
    ofInvited: "Av inviterte",
    group: "Gruppe",
    comparison: "Sammenligning",
    estimate: "Estimat",
    what: "Hva",
    slopePerPoint: "Stigning, per poeng",
    averageAt: "Gjennomsnitt ved",
    answers: "Svar",
    interval: "95 % intervall",
    to: "til",
    perPoint: "per poeng",
    notEnough: "For få svar til å tegne dette",
    notEnoughWhy: "Grupper under 10 personer vises ikke, av hensyn til personvernet.",
  },
};

/** The figure's own words in the reader's language; English when none is given. */
export function figureText(context: FigureContext): FigureText {
  return texts[context.language ?? "en"];
}
