export { type MadeCube, makeCube } from "./cube/make-cube.ts";
export type { CubeRequest } from "./cube/making.ts";
export { readDataColumns } from "./data-columns.ts";
export { datasetSource } from "./dataset-source.ts";
export { type ParquetColumn, type ParquetTable, parquetFiles } from "./duckdb/write-parquet.ts";
export { SOURCE_ERROR_CODES, SourceError, type SourceErrorCode } from "./errors.ts";
export { type FileOptions, type HeldTable, openFile, openTable } from "./file-source.ts";
export { nearestName } from "./nearest-name.ts";
export type { PanelQuery, PanelRequest, PanelSummer } from "./panel/panel-sums.ts";
export type { StreamSql } from "./panel/stream-sums.ts";
export type { WideQuery, WideQuestion, WideSummer } from "./panel/wide-sums.ts";
export { isPostgresAddress } from "./postgres/address.ts";
export { openPostgres } from "./postgres/postgres-source.ts";
export { type ShardPlan, seriesShardPlan, shardPlan } from "./postgres/shards.ts";
export type {
  ColumnDescription,
  FitRequest,
  Layout,
  RowChoice,
  Source,
  SourceDescription,
} from "./source.ts";
export type { WideSeries, WideWords } from "./spread/wide-words.ts";
export {
  movedSums,
  type StandingFormula,
  type StandingSums,
  standingSums,
  sumsToSend,
} from "./standing.ts";
export {
  fileOf,
  peopleByWaves,
  type RoundRequest,
  readRequestFile,
  requestFileText,
  roundRequest,
} from "./sums-file/request-file.ts";
export { answersTo, type Named, type ScoresFile, scoresFileText, shortId } from "./sums-file/scores-file.ts";
export { fingerprint, publicKeyOf } from "./sums-file/signature.ts";
export { readSumsFile, type SumsFile, sumsFileText } from "./sums-file/sums-file.ts";
export type { Question, Watcher } from "./watch.ts";
