export { readProtocol } from "./read-protocol.ts";
