export type { DeltaMapCell, DeltaMapData } from "./delta-map.ts";
export { deltaMap } from "./delta-map.ts";
export { figureCsv } from "./figure-csv.ts";
export type { ForestData, ForestSection } from "./forest.ts";
export { forest } from "./forest.ts";
export { fiveAnswerGlyph } from "./glyph.ts";
export type { ForestZone } from "./interval-axis.ts";
export type { IntervalGraphicData } from "./interval-graphic.ts";
export { intervalGraphic } from "./interval-graphic.ts";
export type { LastWaveGroup, LastWaveMeansData } from "./last-wave-means.ts";
export { lastWaveMeans } from "./last-wave-means.ts";
export type { BandGroup, BandPoint, MeanBandsData } from "./mean-bands.ts";
export { meanBands } from "./mean-bands.ts";
export type { MissingnessMapData, MissingPattern } from "./missingness-map.ts";
export { missingnessMap } from "./missingness-map.ts";
export { digitsFor, formatCount, formatInterval, formatNumber } from "./numbers.ts";
export type { ParticipantFlowData } from "./participant-flow.ts";
export { participantFlow } from "./participant-flow.ts";
export { pathDiagram } from "./path-diagram.ts";
export type { DiagramPath, PathDiagramData, PathGroup } from "./path-text.ts";
export type { PreviewCardData } from "./preview-card.ts";
export { previewCard } from "./preview-card.ts";
export type { SessionsAgainstRestData, SessionType } from "./sessions-against-rest.ts";
export { sessionsAgainstRest } from "./sessions-against-rest.ts";
export type { SlopeDistributionData, SlopeShare } from "./slope-distribution.ts";
export { slopeDistribution } from "./slope-distribution.ts";
export type { Specification, SpecificationStripData } from "./specification-strip.ts";
export { specificationStrip } from "./specification-strip.ts";
export type { StandaloneOptions } from "./standalone.ts";
export { standaloneSvg } from "./standalone.ts";
export type { CaterpillarData } from "./team/caterpillar.ts";
export { caterpillar } from "./team/caterpillar.ts";
export type { InfluencePlotData } from "./team/influence-plot.ts";
export { influencePlot } from "./team/influence-plot.ts";
export type { PersonLine, PersonLinesData } from "./team/person-lines.ts";
export { personLines } from "./team/person-lines.ts";
export type { PersonMapData } from "./team/person-map.ts";
export { personMap } from "./team/person-map.ts";
export type { ResidualPlotData } from "./team/residual-plot.ts";
export { residualPlot } from "./team/residual-plot.ts";
export type { SpaghettiData } from "./team/spaghetti.ts";
export { spaghetti } from "./team/spaghetti.ts";
export type {
  Figure,
  FigureContext,
  FigureLanguage,
  FigureParts,
  FigureTable,
  ForestRow,
  Interval,
  SlopePanel,
  TeamFigure,
  Words,
} from "./types.ts";
export type { WithinBetweenData } from "./within-between.ts";
export { withinBetween } from "./within-between.ts";
