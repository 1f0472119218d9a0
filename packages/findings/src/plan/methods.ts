import type { MethodSection } from "../publication/types.ts";
import { englishMethods } from "./methods-english.ts";
import type { MethodsInput } from "./methods-input.ts";
import { norwegianMethods } from "./methods-norwegian.ts";

/** How the study was done, in short sections; everything is read from the protocol, the data and the fits. */
export function methodSections(input: MethodsInput): readonly MethodSection[] {
  return input.language === "nb" ? norwegianMethods(input) : englishMethods(input);
}
