import {
  createTable,
  drawHybrid,
  fitImputations,
  type HybridTruth,
  impute,
  lmm,
  numericColumn,
  type PersonalOptions,
  panelTable,
  personal,
  pool,
  type Random,
  type Replicate,
  wideTable,
} from "@longwave/stats";
import type { CalibrationCell } from "./cell.ts";
import { usual } from "./hybrid.ts";

/** A panel with people who leave, imputed, analysed by the within-between model and pooled. */
export interface ImputedDesign {
  readonly truth: HybridTruth;
  readonly people: number;
  readonly m: number;
  readonly iterations: number;
  readonly term: string;
  /** Matching leans towards those seen when few people are alike, which shows in trends of small samples. */
  readonly method: "pmm" | "normal";
}

/** One replicate: everyone's missing waves are imputed from all others. */
export function imputedReplicate(design: ImputedDesign, source: Random): Replicate | null {
  const table = panelTable(drawHybrid(design.truth, design.people, source));
  const panel = wideTable(table, { id: "id", time: "wave", varying: ["x", "y"] });
  const { m, iterations, method } = design;
  const seed = source.integer(2 ** 31);
  const imputations = impute(panel, { m, iterations, seed, methods: { x: method, y: method } });
  const fits = fitImputations(imputations, (data) =>
    lmm("y ~ within(x) + between(x) + wave + (1 | id)", data),
  );
  const row = pool(fits).fixed.find(({ term }) => term === design.term);
  return row === undefined ? null : { ...row, pValue: row.pValue ?? Number.NaN };
}

/** One person's days with AR(1) residuals and a random exposure. */
export interface PersonalDesign {
  readonly days: number;
  readonly phi: number;
  readonly slope: number;
  /** Days left out, as a share. */
  readonly missing: number;
  readonly options?: PersonalOptions;
}

/** One replicate of one person's series. */
export function personalReplicate(design: PersonalDesign, source: Random): Replicate | null {
  const rows: { day: number; x: number; y: number }[] = [];
  let error = source.normal();
  for (let day = 0; day < design.days; day++) {
    if (day > 0) error = design.phi * error + Math.sqrt(1 - design.phi ** 2) * source.normal();
    const x = source.normal();
    if (source.uniform() >= design.missing) rows.push({ day, x, y: design.slope * x + error });
  }
  const table = createTable({
    day: numericColumn(rows.map(({ day }) => day)),
    x: numericColumn(rows.map(({ x }) => x)),
    y: numericColumn(rows.map(({ y }) => y)),
  });
  const fit = personal("y ~ x", { kind: "rows", table }, { time: "day", ...design.options });
  const row = fit.fixed.find(({ term }) => term === "x");
  if (!fit.converged || row === undefined) return null;
  return { ...row, pValue: row.pValue ?? Number.NaN };
}

const leaving: HybridTruth = { ...usual, dropout: { share: 0.4, onOutcome: 0.6 } };

function imputedCell(
  term: "within(x)" | "wave",
  design: Pick<ImputedDesign, "people" | "method">,
  seed: number,
): CalibrationCell {
  const { people, method } = design;
  const effect = term === "wave" ? "time trend" : "within slope";
  return {
    name: `${effect} after imputation (${method}), ${people} people, 40 % leave on their last answer`,
    seed,
    truth: term === "wave" ? 0 : leaving.within,
    target: { figure: "coverage", value: 0.95 },
    replicate: (random) =>
      imputedReplicate({ truth: leaving, people, m: 20, iterations: 5, term, method }, random),
  };
}

function personalCell(days: number, phi: number, seed: number): CalibrationCell {
  return {
    name: `one person, ${days} days, correlation ${phi}, one day in five missing`,
    seed,
    truth: -0.3,
    target: { figure: "coverage", value: 0.95 },
    replicate: (random) => personalReplicate({ days, phi, slope: -0.3, missing: 0.2 }, random),
  };
}

/** Imputation when four in ten leave, sooner the worse they felt; and one person's series. */
export const missingCells: readonly CalibrationCell[] = [
  imputedCell("within(x)", { people: 100, method: "pmm" }, 6101),
  imputedCell("wave", { people: 100, method: "normal" }, 6102),
  imputedCell("within(x)", { people: 300, method: "pmm" }, 6103),
  personalCell(30, 0.3, 6111),
  personalCell(60, 0.5, 6112),
  personalCell(120, 0.7, 6113),
];
