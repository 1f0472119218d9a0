export { ERROR_CODES, StatsError, type StatsErrorCode } from "./errors.ts";
export {
  type CallName,
  type Formula,
  formatFormula,
  type RandomTerm,
  type Term,
  type Variable,
} from "./formula/formula.ts";
export { formulaColumns, parseFormula } from "./formula/parse.ts";
export { type EquivalenceBounds, type EquivalenceTest, equivalence } from "./inference/equivalence.ts";
export { type VarianceTest, varianceTest } from "./inference/likelihood-ratio.ts";
export { benjaminiHochberg, holm } from "./inference/multiplicity.ts";
export { predict, type RowFit, ranef, residuals, simulate } from "./inference/row-verbs.ts";
export { type TermTest, termTests } from "./inference/term-tests.ts";
export {
  type AnyFit,
  anova,
  coefTable,
  confint,
  contrast,
  type Interval,
  type JointTest,
  jointTest,
  type LikelihoodRatioTest,
  logLik,
  type StructureFit,
  varCorr,
  vcov,
} from "./inference/verbs.ts";
export {
  type DeltaCell,
  type DeltaMap,
  type DeltaOptions,
  deltaMap,
  deltaTables,
} from "./missing/delta.ts";
export type { ShiftedVariables } from "./missing/delta-shift.ts";
export {
  type DropoutCounts,
  type DropoutModel,
  type DropoutTerm,
  dropoutModel,
  type Hazard,
} from "./missing/dropout.ts";
export { type DropoutOptions, type RiskSet, riskSet } from "./missing/dropout-rows.ts";
export {
  type FollowUp,
  type FollowUpOptions,
  followUp,
  type LastWaveMeans,
  meansByLastWave,
  type PersonWaves,
} from "./missing/follow-up.ts";
export {
  completeLong,
  completeWide,
  fitImputations,
  type ImputationChain,
  type Imputations,
  type ImputedColumn,
  impute,
} from "./missing/impute.ts";
export type { ImputeMethod, ImputeOptions } from "./missing/impute-options.ts";
export {
  type DropoutPattern,
  type PatternMixture,
  type PatternMixtureOptions,
  type PatternStratum,
  patternMixture,
} from "./missing/pattern-mixture.ts";
export { type PooledCoefficient, type PooledFit, type PoolOptions, pool } from "./missing/pool.ts";
export { type PooledEstimate, poolEstimates } from "./missing/pool-rules.ts";
export { pooledContrast, pooledJointTest } from "./missing/pool-tests.ts";
export {
  type RemainingWeights,
  type RemainingWeightsOptions,
  remainingWeights,
  type WeightSummary,
  withColumn,
} from "./missing/weights.ts";
export { longTable, type WaveColumn, type WideOptions, type WidePanel, wideTable } from "./missing/wide.ts";
export { clmm } from "./models/clmm/fit.ts";
export { clmmMarginal, type MarginalProbability, type MarginalRow } from "./models/clmm/marginal.ts";
export type { ClmmOptions } from "./models/clmm/options.ts";
export { type ClmmPredictOptions, clmmPredict } from "./models/clmm/predict.ts";
export {
  type CutSlope,
  type CutTest,
  type ProportionalOdds,
  proportionalOdds,
} from "./models/clmm/proportional-odds.ts";
export { clmmRanef } from "./models/clmm/ranef.ts";
export { clmmResiduals } from "./models/clmm/residuals.ts";
export type { CategoricalFit, ClmmFit } from "./models/clmm/result.ts";
export { clmmSimulate } from "./models/clmm/simulate.ts";
export { fe } from "./models/fe/fit.ts";
export { type HausmanTest, hausman, type MundlakTest, mundlak } from "./models/fe/hausman.ts";
export type { FeOptions, PanelErrors } from "./models/fe/options.ts";
export { type ReOptions, re } from "./models/fe/random.ts";
export type { FeFit, ReFit } from "./models/fe/result.ts";
export { fePredict, feRanef, feResiduals } from "./models/fe/rows.ts";
export type {
  Coefficient,
  FitCommon,
  FrameNames,
  Matrix,
  PredictedRow,
  RandomBlock,
  RandomEffects,
  ResidualRow,
  RowCounts,
} from "./models/fit.ts";
export { gee, geePredict, geeResiduals } from "./models/gee/fit.ts";
export type { GeeOptions, GeeStdError, WorkingCorrelationType } from "./models/gee/options.ts";
export type { GeeFit } from "./models/gee/result.ts";
export type { Family } from "./models/glm/family.ts";
export { glm } from "./models/glm/fit.ts";
export type { GlmOptions } from "./models/glm/options.ts";
export { glmPredict, glmResiduals, type PredictOptions } from "./models/glm/predict.ts";
export type { GlmFit } from "./models/glm/result.ts";
export { glmm } from "./models/glmm/fit.ts";
export type { GlmmOptions } from "./models/glmm/options.ts";
export type { GlmmFit } from "./models/glmm/result.ts";
export { growth } from "./models/growth/fit.ts";
export type { GrowthColumns, GrowthOptions, GrowthSeries } from "./models/growth/options.ts";
export { printGrowth } from "./models/growth/print.ts";
export type { GrowthFit, WaveShare } from "./models/growth/result.ts";
export { type ExplainedVariance, explainedVariance, type VarianceParts } from "./models/lmm/explained.ts";
export { type LmmDetails, lmm, lmmDetails } from "./models/lmm/fit.ts";
export {
  type Influence,
  type InfluenceOptions,
  influence,
  type PersonInfluence,
} from "./models/lmm/influence.ts";
export { type HatValue, hatvalues } from "./models/lmm/influence-hatvalues.ts";
export { type NormalScores, normalScores, residualDiagnostics } from "./models/lmm/influence-residuals.ts";
export type { LmmOptions } from "./models/lmm/options.ts";
export { type LmmPredictOptions, lmmPredict } from "./models/lmm/predict.ts";
export { lmmResiduals, type ResidualOptions, type ResidualScale } from "./models/lmm/predict-residuals.ts";
export {
  type ProfileInterval,
  type ProfileOptions,
  type ProfileResult,
  profile,
} from "./models/lmm/profile.ts";
export type { FittedRow } from "./models/lmm/ranef.ts";
export { lmmRanef } from "./models/lmm/ranef-conditional.ts";
export { residualMatrix } from "./models/lmm/residual.ts";
export type { ResidualOption } from "./models/lmm/residual-options.ts";
export type { KenwardRoger, LmmFit, ResidualStructure, ResidualType } from "./models/lmm/result.ts";
export { type RobustParts, type RobustType, robust } from "./models/lmm/robust.ts";
export { robustContrast } from "./models/lmm/robust-contrast.ts";
export { robustJointTest } from "./models/lmm/robust-joint.ts";
export { lmmSimulate } from "./models/lmm/simulate.ts";
export {
  type PersonalSlopes,
  personalSlopes,
  type ShareBeyond,
  type SlopeOfPerson,
  type SlopeOptions,
} from "./models/lmm/slopes.ts";
export { personal } from "./models/personal/fit.ts";
export { groupSlope, remlTau2, type ShrunkenSlope, type Slopes, shrink } from "./models/personal/meta.ts";
export type { PersonalOptions } from "./models/personal/options.ts";
export {
  type PermutationOptions,
  type PermutationTest,
  permutationTest,
} from "./models/personal/permutation.ts";
export type { PersonalFit } from "./models/personal/result.ts";
export { personalPredict, personalResiduals, personalSimulate } from "./models/personal/rows.ts";
export {
  type PersonalSeriesOptions,
  type PersonalSeriesResult,
  type PersonalSlope,
  personalSeries,
} from "./models/personal/series.ts";
export { WEEKDAYS, weekdayColumn } from "./models/personal/weekday.ts";
export { riclpmColumnNames } from "./models/riclpm/covariates.ts";
export { riclpm } from "./models/riclpm/fit.ts";
export { type RiclpmJson, riclpmToJson } from "./models/riclpm/json.ts";
export { type RiclpmStructure, riclpmModel } from "./models/riclpm/model.ts";
export {
  EQUAL_SETS,
  type EqualSet,
  type RiclpmColumns,
  type RiclpmOptions,
} from "./models/riclpm/options.ts";
export type { LaggedPath, PathParameter } from "./models/riclpm/parameters.ts";
export {
  type RiclpmDraw,
  type RiclpmResidual,
  riclpmRanef,
  riclpmResiduals,
  riclpmSimulate,
} from "./models/riclpm/people.ts";
export { printRiclpm } from "./models/riclpm/print.ts";
export type { RiclpmFit, RiclpmGroup, RiclpmTest } from "./models/riclpm/result.ts";
export { type SemTest, semLrt, semWald } from "./models/sem/compare.ts";
export {
  mergeSem,
  reduceSem,
  type SemPatternSums,
  type SemReduceOptions,
  type SemSums,
  semData,
  semDataFromSums,
} from "./models/sem/data.ts";
export { fitSem, semScorePoints } from "./models/sem/fit.ts";
export { type ImpliedDerivatives, impliedDerivatives, impliedMoments } from "./models/sem/implied.ts";
export type {
  GroupScores,
  SemFit,
  SemGroupData,
  SemModel,
  SemOptions,
  SemParameter,
  SemRows,
} from "./models/sem/model.ts";
export { mergeScores, reduceScores, type ScorePoints } from "./models/sem/scores.ts";
export { fCdf, normalCdf, normalQuantile, tCdf, tQuantile } from "./numeric/distributions.ts";
export { type Detectable, type DetectableOptions, detectablePeople } from "./power/detectable.ts";
export { type DrawnPanel, drawHybrid, drawPanel } from "./power/draw.ts";
export { type Performance, performance, type Rate, type Replicate, rateOf } from "./power/monte-carlo.ts";
export { nickellBias } from "./power/nickell.ts";
export { panelTable } from "./power/panel-table.ts";
export {
  type PowerOptions,
  type PowerResult,
  type PowerStudy,
  type PowerTarget,
  power,
} from "./power/power.ts";
export type { DropoutTruth, HybridTruth, PanelTruth } from "./power/truth.ts";
export { createRandom, type Random } from "./random/random.ts";
export { encodeJson } from "./summary/encode-json.ts";
export { type FitJson, fitToJson } from "./summary/fit-to-json.ts";
export { printFit } from "./summary/print-fit.ts";
export type { GroupedSums } from "./sums/grouped-sums.ts";
export { merge } from "./sums/merge.ts";
export {
  mergePatterns,
  type Pattern,
  type PatternPart,
  type PatternSums,
  reducePatterns,
  type SeriesRows,
} from "./sums/pattern-sums.ts";
export { reduce, type SumsPart } from "./sums/reduce.ts";
export { createTable, factorColumn, numericColumn, selectRows } from "./table/columns.ts";
export { nearestName } from "./table/nearest-name.ts";
export type { Column, FactorColumn, FitData, NumericColumn, Table } from "./table/table.ts";
export { type Condition, filterTable, type Operand, parseWhere } from "./table/where.ts";
export { WARNING_CODES, type Warning, type WarningCode } from "./warnings.ts";
