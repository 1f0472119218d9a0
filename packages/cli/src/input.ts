import { type ColumnMapping, compilePlan, type Protocol } from "@longwave/study";
import { isDataPlan, type ReadDataPlan, readDataPlan, readMapping, readProtocol } from "@longwave/study/text";
import type { Io } from "./io.ts";
import { readTextFile } from "./read-text.ts";

/** A study text, and the plan for someone else's data it was made from, when it was. */
export interface Study {
  readonly protocol: Protocol;
  readonly plan: ReadDataPlan | undefined;
}

/** The study in a YAML file: a protocol, or a plan for someone else's data; mistakes name file, line, field and remedy. */
export async function loadStudy(io: Io, path: string): Promise<Study> {
  const text = await readTextFile(io, path, "a protocol or a plan (YAML)");
  if (!isDataPlan(text)) return { protocol: readProtocol(text, path), plan: undefined };
  const plan = readDataPlan(text, path);
  return { protocol: plan.placed(compilePlan).protocol, plan };
}

/** The protocol in a YAML file; its mistakes name file, line, field and remedy. */
export async function loadProtocol(io: Io, path: string): Promise<Protocol> {
  return readProtocol(await readTextFile(io, path, "a protocol (YAML)"), path);
}

/** The column mapping in a YAML file. */
export async function loadMapping(io: Io, path: string): Promise<ColumnMapping> {
  return readMapping(await readTextFile(io, path, "a column mapping (YAML)"), path);
}
