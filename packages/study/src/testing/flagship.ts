import { readFileSync } from "node:fs";
import type { Protocol } from "../protocol/types.ts";
import { readProtocol } from "../text/read-protocol.ts";

/** The text of the flagship study, as committed. */
export const flagshipText: string = readFileSync(
  new URL("../../../../protocols/exercise-and-pain.yaml", import.meta.url),
  "utf8",
);

/** The flagship study. */
export const flagship: Protocol = readProtocol(flagshipText, "protocols/exercise-and-pain.yaml");
