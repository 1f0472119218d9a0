export type { AuditChain, AuditVerdict } from "./audit/verify.ts";
export { verifyAudit } from "./audit/verify.ts";
export { createServer } from "./create-server.ts";
export { StoreError } from "./errors.ts";
export { type ExportOutcome, exportStudy } from "./exports/export-study.ts";
export { backupPostgres, backupStore } from "./keeping/backup.ts";
export { checkUp, type HealthFinding } from "./keeping/doctor.ts";
export { restoreStore } from "./keeping/restore.ts";
export type { LongwaveServer, MailOptions, ServerOptions, WebRoot } from "./options.ts";
