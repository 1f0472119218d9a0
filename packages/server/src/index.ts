export type { AuditChain, AuditVerdict } from "./audit/verify.ts";
export { verifyAudit } from "./audit/verify.ts";
export { createServer } from "./create-server.ts";
export { StoreError } from "./errors.ts";
export type { LongwaveServer, MailOptions, ServerOptions, WebRoot } from "./options.ts";
