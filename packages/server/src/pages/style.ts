// biome-ignore lint/correctness/noUndeclaredDependencies: the tokens of the house; declared where the lock file is kept
import { publicCss } from "@longwave/figure/tokens";

/** The style of every page rendered here, with the two self-hosted families. */
export const pageStyle: string = publicCss({ fontsPath: "/fonts" });
