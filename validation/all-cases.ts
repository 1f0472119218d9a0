import { readdirSync } from "node:fs";
import type { ValidationCase } from "./case.ts";

/** The cases of every file of validation/cases, in the order of the files' names. */
export async function allCases(): Promise<ValidationCase[]> {
  const folder = new URL("cases/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const loaded = await Promise.all(files.sort().map((name) => import(new URL(name, folder).href)));
  return loaded.flatMap((module: { readonly cases?: readonly ValidationCase[] }) => module.cases ?? []);
}
