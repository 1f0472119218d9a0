export { readMapping } from "./read-mapping.ts";
export { readProtocol } from "./read-protocol.ts";
