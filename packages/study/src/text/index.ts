/**
 * Study texts and mappings from YAML, with every problem placed by file and line.
 *
 * @packageDocumentation
 */
export { readMapping } from "./read-mapping.ts";
export { readProtocol } from "./read-protocol.ts";
