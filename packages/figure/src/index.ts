export type { ForestData, ForestZone } from "./forest.ts";
export { forest } from "./forest.ts";
export { fiveAnswerGlyph } from "./glyph.ts";
export type { IntervalGraphicData } from "./interval-graphic.ts";
export { intervalGraphic } from "./interval-graphic.ts";
export { digitsFor, formatCount, formatInterval, formatNumber } from "./numbers.ts";
export type { ParticipantFlowData } from "./participant-flow.ts";
export { participantFlow } from "./participant-flow.ts";
export type {
  Figure,
  FigureContext,
  FigureLanguage,
  FigureTable,
  ForestRow,
  SlopePanel,
  Words,
} from "./types.ts";
export type { WithinBetweenData } from "./within-between.ts";
export { withinBetween } from "./within-between.ts";
