export { createServer } from "./create-server.ts";
export { StoreError } from "./errors.ts";
export type { LongwaveServer, MailOptions, ServerOptions, WebRoot } from "./options.ts";
