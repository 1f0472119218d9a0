import { parseProtocol } from "../protocol/parse.ts";
import type { Protocol } from "../protocol/types.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * The protocol written in a YAML text.
 *
 * @param fileName named in errors only; nothing is opened.
 * @throws StudyError whose problems name file, line, field and remedy, all at once.
 */
export function readProtocol(text: string, fileName: string): Protocol {
  return readYaml(text, fileName, "protocol.not-readable", parseProtocol);
}
