export { readDataColumns } from "./data-columns.ts";
export { datasetSource } from "./dataset-source.ts";
export { SOURCE_ERROR_CODES, SourceError, type SourceErrorCode } from "./errors.ts";
export { openFile } from "./file-source.ts";
export { nearestName } from "./nearest-name.ts";
export type { PanelQuery, PanelRequest, PanelSummer } from "./panel/panel-sums.ts";
export { isPostgresAddress } from "./postgres/address.ts";
export { openPostgres } from "./postgres/postgres-source.ts";
export type { ColumnDescription, FitRequest, Source, SourceDescription } from "./source.ts";
