export { StatsError, type StatsErrorCode } from "./errors.ts";
export { lmm, lmmDetails } from "./models/lmm/fit.ts";
