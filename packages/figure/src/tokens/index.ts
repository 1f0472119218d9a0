import { controlsCss } from "./base/controls.ts";
import { evidenceCss } from "./base/evidence.ts";
import { frameCss } from "./base/frame.ts";
import { questionCss } from "./base/question.ts";
import { statesCss } from "./base/states.ts";
import { tokensCss } from "./css.ts";
import { pageCss } from "./page-css.ts";

export { tokensCss } from "./css.ts";
export type { ColourRole, Tokens } from "./values.ts";
export { tokens } from "./values.ts";

/** The shared furniture of all three apps; it uses tokens only, so it follows `tokensCss()`. */
export const baseCss: string = [frameCss, controlsCss, questionCss, evidenceCss, statesCss].join("\n");

/**
 * Everything a public page needs, in order: tokens, base, and the pages' own rules.
 *
 * @param options.fontsPath  folder of the self-hosted families, for example `/fonts`; without it, system fonts.
 */
export function publicCss(options: { readonly fontsPath?: string } = {}): string {
  return [tokensCss(options), baseCss, pageCss].join("\n");
}
