// The side door for data that stay where they are: what to sum there, and fits from such sums.
export { geeFromSums, geeSecondRound } from "./models/gee/from-sums.ts";
export { geeRecipeOutline } from "./models/gee/panel-scores.ts";
export { growthFromSums, growthRequest } from "./models/growth/from-sums.ts";
export { lmmFromSums, lmmSecondRound } from "./models/lmm/from-sums.ts";
export { riclpmFromSums } from "./models/riclpm/from-sums.ts";
export { type AddedRows, ROW_FLAGS, type RowsAdder, type RowsBlock, rowsAdder } from "./panel/add-rows.ts";
export { poolPanels } from "./panel/align.ts";
export {
  type AskedColumn,
  askedColumns,
  type ColumnFacts,
  type PanelFacts,
  roughConstants,
} from "./panel/facts.ts";
export { type FlooredSums, type LostToFloor, withFloor } from "./panel/floor.ts";
export { type PlanInput, panelPerson, panelPlan } from "./panel/make-plan.ts";
export { movedPanel } from "./panel/moved.ts";
export {
  cellsOf,
  NeedsRows,
  type PanelAtom,
  type PanelCell,
  type PanelPlan,
  wavesBefore,
} from "./panel/plan.ts";
export { reducePanel, varyingInPlan } from "./panel/reduce.ts";
export {
  type ScoreAdder,
  type ScoreForm,
  type ScoreProduct,
  scoreAdder,
  scoreForm,
} from "./panel/score-form.ts";
export { formOutline, recipeOutline } from "./panel/score-outline.ts";
export {
  mergeScores,
  type ResidualProduct,
  type ScoreColumn,
  type ScoreRecipe,
  type ScoreSums,
  scoreLength,
} from "./panel/scores.ts";
export { checkPanelSums, mergePanels, type PanelPattern, type PanelSums } from "./panel/sums.ts";
export { type SumsOfTable, sumsOfTable } from "./panel/table-facts.ts";
export { type FlooredWide, wideWithFloor } from "./wide/floor.ts";
export {
  askedOfWide,
  isWide,
  personColumns,
  type WidePart,
  type WidePlan,
  type WideRequest,
  type WideVariable,
  widePlan,
} from "./wide/plan.ts";
export { poolWide } from "./wide/pool.ts";
export { reduceWide } from "./wide/reduce.ts";
export { checkWideSums, type WidePattern, type WideSums } from "./wide/sums.ts";
