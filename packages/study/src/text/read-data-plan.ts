import { parseDataPlan } from "../data-plan/parse.ts";
import type { DataPlan } from "../data-plan/types.ts";
import { readYaml } from "./read-yaml.ts";

/** A plan read from a text, with the text's lines at hand for what turns up later. */
export interface ReadDataPlan {
  readonly plan: DataPlan;
  /** Runs work on the plan; problems it finds are placed at the plan's lines. */
  placed<Value>(work: (plan: DataPlan) => Value): Value;
}

/**
 * The plan for someone else's data written in a YAML text.
 *
 * @param fileName named in errors only; nothing is opened.
 * @throws StudyError whose problems name file, line, field and remedy, all at once.
 */
export function readDataPlan(text: string, fileName: string): ReadDataPlan {
  const read = <Value>(work: (plan: DataPlan) => Value): Value =>
    readYaml(text, fileName, "plan.not-readable", (value) => work(parseDataPlan(value)));
  return { plan: read((plan) => plan), placed: read };
}

/** Whether a YAML text says that it is a plan for someone else's data. */
export function isDataPlan(text: string): boolean {
  return /^schema:\s*["']?longwave\.plan\//m.test(text);
}
