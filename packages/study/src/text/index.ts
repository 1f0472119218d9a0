/**
 * Study texts and mappings from YAML, with every problem placed by file and line.
 *
 * @packageDocumentation
 */
export { placesIn, type TextPlace } from "./places.ts";
export { isDataPlan, type ReadDataPlan, readDataPlan } from "./read-data-plan.ts";
export { readMapping } from "./read-mapping.ts";
export { readProtocol } from "./read-protocol.ts";
export { withFields } from "./with-fields.ts";
