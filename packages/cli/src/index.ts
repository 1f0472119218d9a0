export type { Io, Output } from "./io.ts";
export { EXIT, main } from "./run.ts";
