export type { BlindReport, ItemDistribution, ItemMissingness } from "./blind/types.ts";
export type {
  DatasetSummary,
  Finding,
  FindingBounds,
  FindingEstimate,
  FindingRow,
  Language,
  MethodSection,
  ModelReport,
  NotYetRun,
  Publication,
  PublicationDraft,
  StudySummary,
  Sureness,
  VerdictRule,
} from "./publication/types.ts";
export { simulatedRowsCsv } from "./simulate/rows-csv.ts";
export { type SimulatedStudy, type SimulationOptions, simulateStudy } from "./simulate/simulate-study.ts";
export type { SimulationTruth } from "./simulate/truth.ts";
