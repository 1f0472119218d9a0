import type { StudyProblem } from "../errors.ts";
import type { Protocol } from "./types.ts";

type Path = readonly (string | number)[];

/** Every text a person or reader meets that lacks a language the study says it has. */
export function checkTranslations(protocol: Protocol): readonly StudyProblem[] {
  if (!protocol.languages.includes("nb")) return [];
  const { title, question, consent, waves, safety, plan, feedback, recruitment, privacy, terms } = protocol;
  return [
    ...missingIn(title, ["title"]),
    ...missingIn(question, ["question"]),
    ...missingIn(consent, ["consent"]),
    ...missingIn(waves, ["waves"]),
    ...missingIn(safety.helpText, ["safety", "helpText"]),
    ...missingIn(plan.hypotheses, ["plan", "hypotheses"]),
    ...missingIn(plan.variables, ["plan", "variables"]),
    ...missingIn(plan.bounds, ["plan", "bounds"]),
    ...missingIn(feedback, ["feedback"]),
    ...missingIn(recruitment.open, ["recruitment", "open"]),
    ...missingIn(privacy, ["privacy"]),
    ...missingIn(terms, ["terms"]),
    ...protocol.instruments.flatMap((instrument, i) =>
      instrument.norwegian.status === "none" ? [] : missingIn(instrument.items, ["instruments", i, "items"]),
    ),
  ];
}

function missingIn(value: unknown, path: Path): readonly StudyProblem[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => missingIn(entry, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  if ("en" in value) return "nb" in value ? [] : [withoutNorwegian(value.en, path)];
  return Object.entries(value).flatMap(([key, entry]) => missingIn(entry, [...path, key]));
}

function withoutNorwegian(english: unknown, path: Path): StudyProblem {
  return {
    code: "protocol.missing-translation",
    path,
    expected: "words in nb, since languages names nb",
    found: `only en: “${String(english)}”`,
    remedy: "Add nb, or take nb out of languages, or set the instrument's norwegian.status to none.",
  };
}
