import { parseMapping } from "../dataset/mapping.ts";
import type { ColumnMapping } from "../dataset/types.ts";
import { readYaml } from "./read-yaml.ts";

/**
 * The column mapping written in a YAML text.
 *
 * @param fileName named in errors only; nothing is opened.
 * @throws StudyError whose problems name file, line, field and remedy, all at once.
 */
export function readMapping(text: string, fileName: string): ColumnMapping {
  return readYaml(text, fileName, "mapping.not-readable", parseMapping);
}
