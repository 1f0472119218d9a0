import type { AnswerProblem } from "./form.ts";

/** One thing a person may say yes to, apart from the others. None is ticked beforehand. */
export interface ConsentTick {
  readonly id: string;
  readonly label: string;
  readonly promise: string;
  readonly required: boolean;
}

/** The consent text in one language, exactly as shown; `hash` names these words. */
export interface ConsentForm {
  readonly version: number;
  readonly hash: string;
  readonly language: "en" | "nb";
  readonly title: string;
  /** What is new in this version, for those who consented to an older one. */
  readonly changes?: readonly string[];
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
  readonly ticks: readonly ConsentTick[];
}

/** The outcome of checking a consent. */
export type CheckedConsent = { readonly ok: true } | { readonly ok: false; readonly problem: AnswerProblem };

/** Checks that every needed box is ticked and no unknown box is. */
export function checkConsent(form: ConsentForm, ticks: Readonly<Record<string, boolean>>): CheckedConsent {
  const stranger = Object.keys(ticks).find((id) => !form.ticks.some((tick) => tick.id === id));
  if (stranger !== undefined) return { ok: false, problem: unknownTick(form, stranger) };
  const missing = form.ticks.find((tick) => tick.required && !isTicked(ticks, tick.id));
  return missing === undefined ? { ok: true } : { ok: false, problem: notTicked(missing) };
}

function isTicked(ticks: Readonly<Record<string, boolean>>, id: string): boolean {
  return Object.hasOwn(ticks, id) && ticks[id] === true;
}

function notTicked(tick: ConsentTick): AnswerProblem {
  return {
    code: "consent.needed",
    expected: `a tick at “${tick.label}”`,
    found: "no tick",
    remedy: "Tick it to take part, or close the page if you would rather not.",
  };
}

function unknownTick(form: ConsentForm, id: string): AnswerProblem {
  return {
    code: "consent.unknown-box",
    expected: `the boxes of version ${form.version}: ${form.ticks.map((tick) => tick.id).join(", ")}`,
    found: `“${id}”`,
    remedy: "Load the page again and read the newest text.",
  };
}
