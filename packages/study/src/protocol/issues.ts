import type { StudyCode, StudyProblem } from "../errors.ts";
import { nearest, suggest } from "./nearest.ts";

/** The part of a zod issue this file reads. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly discriminator?: string;
  readonly options?: readonly unknown[];
}

/** One issue of a schema as problems in three parts, placed by field. */
export function describeIssue(issue: Issue, document: unknown): readonly StudyProblem[] {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (issue.code === "unrecognized_keys")
    return (issue.keys ?? []).map((key) => unknownField(issue, path, key));
  const value = valueAt(document, path);
  if (value === undefined && issue.code !== "custom") return [missingField(issue, path, document)];
  const code = codeOf(issue, path);
  return [
    {
      code,
      path,
      expected: expectation(issue),
      found: showValue(value),
      remedy: remedyFor(issue, value),
    },
  ];
}

function codeOf(issue: Issue, path: readonly (string | number)[]): StudyCode {
  if (path.length === 1 && path[0] === "schema") return "protocol.wrong-schema";
  return issue.code === "invalid_type" ? "protocol.wrong-type" : "protocol.wrong-value";
}

function unknownField(issue: Issue, path: readonly (string | number)[], key: string): StudyProblem {
  return {
    code: "protocol.unknown-field",
    path: [...path, key],
    expected: `only these fields: ${issue.message}`,
    found: `“${key}”`,
    remedy: suggest(key, issue.message.split(", ")),
  };
}

function missingField(issue: Issue, path: readonly (string | number)[], document: unknown): StudyProblem {
  const field = String(path.at(-1));
  return {
    code: "protocol.missing-field",
    path,
    expected: expectation(issue),
    found: "nothing",
    remedy: misspelt(issue, path, document) ?? `Add “${field}”.`,
  };
}

/** Without the field that says which kind it is, no other field can be judged: so a slip in its name is named here. */
function misspelt(issue: Issue, path: readonly (string | number)[], document: unknown): string | undefined {
  const parent = valueAt(document, path.slice(0, -1));
  if (issue.code !== "invalid_union" || typeof parent !== "object" || parent === null) return undefined;
  const near = nearest(String(path.at(-1)), Object.keys(parent));
  return near === undefined ? undefined : `Rename “${near}” to “${String(path.at(-1))}”.`;
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeWords[issue.expected ?? ""] ?? issue.expected ?? "another type";
    case "invalid_value":
      return `one of: ${(issue.values ?? []).map(String).join(", ")}`;
    case "invalid_union":
      return issue.options === undefined
        ? "another value"
        : `one of: ${issue.options.map(String).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "fields with names",
  record: "fields with names",
  tuple: "a list of two",
};

function remedyFor(issue: Issue, value: unknown): string {
  const choices = issue.code === "invalid_value" ? issue.values : issue.options;
  if (choices !== undefined && typeof value === "string") return suggest(value, choices.map(String));
  if (issue.code === "invalid_type" && typeof value !== "string" && issue.expected === "string") {
    return "Put it in quotation marks.";
  }
  if (issue.expected === "object" && typeof value === "string") {
    return "If these are words for people, write them by language: { en: … }.";
  }
  return "Change it to what is expected.";
}

function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== "object" || value === null) return undefined;
    return (value as Readonly<Record<string | number, unknown>>)[part];
  }, document);
}

function showValue(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return `fields: ${Object.keys(value).join(", ")}`;
  return typeof value === "string" ? `“${value}”` : String(value);
}
