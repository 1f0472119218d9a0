/** One thing that a bundle and a second run do not share, in words and in figures. */
export interface Difference {
  /** Where it stands: "finding H1: estimate, value". */
  readonly what: string;
  readonly inBundle: string;
  readonly here: string;
}

/** Numbers of two runs are the same up to this, relative to the larger or to 1. */
const TOLERANCE = 1e-9;

/** Lists that are known by another name than the field that holds them. */
const nouns: Readonly<Record<string, string>> = {
  findings: "finding",
  models: "model",
  figures: "figure",
  notYetRun: "not yet run",
  sensitivity: "sensitivity analysis",
  exploratory: "exploratory analysis",
  strata: "groups",
  fixed: "coefficient",
  parameters: "parameter",
  methods: "methods section",
  limitations: "limitation",
  answer: "short answer",
  rows: "row",
  waves: "wave",
};

const absent = "(not there)";

/**
 * Everything two JSON values do not share: numbers beyond 1e-9, texts and words exactly, parts that only one has.
 * Entries of a list that have an id, a term, a label or a title are paired by it, others by their place.
 */
export function differencesOf(inBundle: unknown, here: unknown): readonly Difference[] {
  return compare(inBundle, here, []);
}

function compare(left: unknown, right: unknown, path: readonly string[]): readonly Difference[] {
  if (typeof left === "number" && typeof right === "number") {
    return sameNumber(left, right) ? [] : [difference(left, right, path)];
  }
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right, path);
  if (isRecord(left) && isRecord(right)) return compareRecords(left, right, path);
  return left === right ? [] : [difference(left, right, path)];
}

function sameNumber(left: number, right: number): boolean {
  return Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left), Math.abs(right));
}

type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function compareRecords(left: JsonRecord, right: JsonRecord, path: readonly string[]): readonly Difference[] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.flatMap((name) => compare(left[name], right[name], [...path, name]));
}

function compareLists(
  left: readonly unknown[],
  right: readonly unknown[],
  path: readonly string[],
): readonly Difference[] {
  const [mine, theirs] = [keyed(left), keyed(right)];
  const keys = [...new Set([...mine.keys(), ...theirs.keys()])];
  return keys.flatMap((key) => compare(mine.get(key), theirs.get(key), [...path, key]));
}

/** Entries by their own name, where every one has a name of its own; else by their place, counted from 1. */
function keyed(list: readonly unknown[]): ReadonlyMap<string, unknown> {
  const named = list.map(nameOf);
  const distinct = new Set(named).size === list.length && !named.includes(undefined);
  return new Map(list.map((entry, index) => [distinct ? (named[index] ?? "") : String(index + 1), entry]));
}

function nameOf(entry: unknown): string | undefined {
  if (!isRecord(entry)) return undefined;
  const name = ["id", "term", "label", "title", "name"].map((field) => entry[field]).find(isText);
  return name;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function difference(left: unknown, right: unknown, path: readonly string[]): Difference {
  const [inBundle, here] =
    typeof left === "string" && typeof right === "string"
      ? excerpts(left, right)
      : [shown(left), shown(right)];
  return { what: placeInWords(path), inBundle, here };
}

const mostShown = 48;

/** Two texts from a little before the first place where they part. */
function excerpts(left: string, right: string): readonly [string, string] {
  if (Math.max(left.length, right.length) <= mostShown) return [left, right];
  let from = 0;
  while (from < left.length && left[from] === right[from]) from++;
  const start = Math.max(0, from - 12);
  const cut = (text: string): string => {
    const tail = start + mostShown < text.length ? "…" : "";
    return `${start > 0 ? "…" : ""}${text.slice(start, start + mostShown)}${tail}`.replaceAll(/\s+/g, " ");
  };
  return [cut(left), cut(right)];
}

function shown(value: unknown): string {
  if (value === undefined) return absent;
  if (typeof value === "object" && value !== null) return "(there)";
  if (typeof value !== "string") return String(value);
  return value.length <= mostShown ? value : `${value.slice(0, mostShown)}…`;
}

/** A field as words: `sureWhy` is "sure why", `lower90` is "lower 90"; ids and terms stay as they are. */
function inWords(field: string): string {
  if (!/^[a-z]+([A-Z][a-z]+|[0-9]+)+$/.test(field)) return field;
  return field.replaceAll(
    /([a-z])([A-Z]|[0-9]+)/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
}

function placeInWords(path: readonly string[]): string {
  const words = path.map((part) => nouns[part] ?? inWords(part));
  const [head = "", second, ...rest] = words;
  if (second === undefined) return head;
  return nouns[path[0] ?? ""] === undefined
    ? [head, second, ...rest].join(", ")
    : `${head} ${second}${rest.length > 0 ? `: ${rest.join(", ")}` : ""}`;
}
