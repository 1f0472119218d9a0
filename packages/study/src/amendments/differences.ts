import { canonicalJson } from "../canonical/json.ts";
import type { Protocol } from "../protocol/types.ts";

/** What part of a study a change is about. */
export type ChangeArea = "questions" | "waves" | "messages" | "consent" | "plan" | "other";

/** One change between two texts; `before` is absent for what is new, `after` for what is gone. */
export interface ProtocolChange {
  readonly area: ChangeArea;
  /** Where, in words: `wave w2, last day open`. */
  readonly place: string;
  readonly before?: string;
  readonly after?: string;
}

type Path = readonly string[];

/**
 * What changed between two texts of a study by meaning, in the order of the text: things with a name are set beside the
 * one of the same name, wherever it stands, so that moving a line is no change and a new label is one.
 */
export function differencesOf(before: Protocol, after: Protocol): readonly ProtocolChange[] {
  return compare(before, after, []);
}

function compare(before: unknown, after: unknown, path: Path): readonly ProtocolChange[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  if (isList(before) && isList(after) && [...before, ...after].every((each) => nameOf(each) !== undefined))
    return compareNamed(before, after, path);
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => compare(before[key], after[key], [...path, key]));
  }
  return [changeAt(path, before, after)];
}

function compareNamed(
  before: readonly unknown[],
  after: readonly unknown[],
  path: Path,
): readonly ProtocolChange[] {
  const names = [...new Set([...before, ...after].map((each) => nameOf(each) ?? ""))];
  const find = (list: readonly unknown[], name: string): unknown =>
    list.find((each) => nameOf(each) === name);
  const changes = names.flatMap((name) => compare(find(before, name), find(after, name), [...path, name]));
  if (changes.length > 0) return changes;
  const order = (list: readonly unknown[]): string => list.map(nameOf).join(", ");
  return [changeAt([...path, "order"], order(before), order(after))];
}

/** What sets a thing in a list apart from the others, as the text writes it. */
function nameOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const name = value.id ?? value.name ?? value.template ?? value.value;
  return typeof name === "string" || typeof name === "number" ? String(name) : undefined;
}

function changeAt(path: Path, before: unknown, after: unknown): ProtocolChange {
  return {
    area: areaOf(path),
    place: placeOf(path),
    ...(before === undefined ? {} : { before: inWords(before) }),
    ...(after === undefined ? {} : { after: inWords(after) }),
  };
}

const areas: Readonly<Record<string, ChangeArea>> = {
  waves: "waves",
  messages: "messages",
  recruitment: "messages",
  instruments: "questions",
  batteries: "questions",
  consent: "consent",
  plan: "plan",
  derived: "plan",
  power: "plan",
  locking: "plan",
};

function areaOf(path: Path): ChangeArea {
  const [top = "", , field] = path;
  if (top === "waves" && field === "messages") return "messages";
  if (top === "waves" && field === "batteries") return "questions";
  return areas[top] ?? "other";
}

const words: Readonly<Record<string, string>> = {
  waves: "wave",
  instruments: "instrument",
  items: "question",
  options: "choice",
  ticks: "box",
  messages: "message",
  derived: "derived variable",
  hypotheses: "hypothesis",
  batteries: "questions of",
  offsetDays: "target day",
  opensDays: "first day open, from the target day",
  closesDays: "last day open, from the target day",
  minutesByWave: "minutes of wave",
  askIf: "asked if",
  en: "in English",
  nb: "in Norwegian",
};

/** The path as words; `waves w2 closesDays` becomes `wave w2, last day open, from the target day`. */
function placeOf(path: Path): string {
  return path
    .map((part, index) => {
      const written = words[part] ?? part.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
      const isName = index > 0 && words[part] === undefined && words[path[index - 1] ?? ""] !== undefined;
      return isName ? ` ${part}` : `${index === 0 ? "" : ", "}${written}`;
    })
    .join("");
}

const LONGEST = 400;

function inWords(value: unknown): string {
  const text = isRecord(value) ? described(value) : typeof value === "string" ? value : plain(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The words a reader knows a thing by, else all of it. */
function described(value: Readonly<Record<string, unknown>>): string {
  const told = value.text ?? value.label ?? value.title ?? value.claim ?? value.what ?? value.en;
  if (typeof told === "string") return told;
  if (isRecord(told) && typeof told.en === "string") return told.en;
  return plain(value);
}

function plain(value: unknown): string {
  return isList(value)
    ? value.map((each) => (isRecord(each) ? described(each) : String(each))).join(", ")
    : JSON.stringify(value)
        .replace(/[{}"]/g, "")
        .replace(/([,:])(?=\S)/g, "$1 ");
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
