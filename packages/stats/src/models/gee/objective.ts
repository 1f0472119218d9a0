import { choleskyInto, solveCholeskyInto } from "../../linalg/cholesky.ts";
import { type GlmSolution, solveGlm } from "../glm/objective.ts";
import { estimateAlpha } from "./correlation.ts";
import { type Equations, rowEquations } from "./equations.ts";
import { momentEquations, momentsOf } from "./moments.ts";
import type { ResolvedGeeOptions } from "./options.ts";
import type { GeeSetup } from "./setup.ts";

/** The solution that takes all rows as independent. */
type Independence = Pick<GlmSolution, "b" | "information" | "separation">;

/** Where the iteration ended. */
export interface GeeSolution {
  /** `invalid`: the correlation is impossible; `separated`: no finite coefficients exist. */
  readonly state: "converged" | "stopped" | "invalid" | "separated";
  readonly b: Float64Array;
  readonly alpha: Float64Array;
  /** The scale in the units of the scaled outcome. */
  readonly phi: number;
  /** The solution with independence, from which the iteration starts and which QIC refers to. */
  readonly independence: Independence;
  readonly independencePhi: number;
}

const MAX_ITERATIONS = 100;
// In units of the scaled coefficients, of the correlation, and relative to the scale.
const TOLERANCE = 1e-10;

/** The equations to solve, and their solution with independence. */
interface Start {
  readonly equations: Equations;
  readonly independence: Independence;
}

function solve(information: Float64Array, score: Float64Array): Float64Array | null {
  const lower = new Float64Array(information.length);
  if (!choleskyInto(lower, information, score.length)) return null;
  const step = Float64Array.from(score);
  solveCholeskyInto(step, lower, score.length);
  return step;
}

/** Ordinary least squares from equations that need no start of their own. */
function leastSquares(equations: Equations, p: number): Start | null {
  const none = new Float64Array(0);
  const sums = equations.score(new Float64Array(p), none);
  const b = sums === null ? null : solve(sums.information, sums.score);
  if (sums === null || b === null) return null;
  return { equations, independence: { b, information: sums.information, separation: null } };
}

/** The equations, and their solution with independence; gaussian ones come from moments where those suffice. */
function startOf(setup: GeeSetup, options: ResolvedGeeOptions): Start {
  const { family, correlation, weights } = options;
  const simple = correlation === "independence" || correlation === "exchangeable";
  const start =
    family === "gaussian" && weights === undefined && simple
      ? leastSquares(momentEquations(momentsOf(setup)), setup.rows.p)
      : null;
  return start ?? { equations: rowEquations(setup, options), independence: solveGlm(setup.rows, family) };
}

interface Point {
  readonly b: Float64Array;
  readonly alpha: Float64Array;
  readonly phi: number;
}

function pointAt(setup: Pick<GeeSetup, "pairs">, type: string, equations: Equations, b: Float64Array): Point {
  const { phi, pairs } = equations.residuals(b);
  return { b, phi, alpha: estimateAlpha(setup, type, pairs, phi) };
}

function difference(a: Point, b: Point): number {
  let largest = Math.abs(a.phi / b.phi - 1);
  for (let j = 0; j < a.b.length; j++) largest = Math.max(largest, Math.abs(a.b[j] - b.b[j]));
  for (let c = 0; c < a.alpha.length; c++) largest = Math.max(largest, Math.abs(a.alpha[c] - b.alpha[c]));
  return largest;
}

/** One step of Fisher scoring for the coefficients at fixed correlation; null when it is impossible. */
function nextCoefficients(equations: Equations, { b, alpha }: Point): Float64Array | null {
  const sums = equations.score(b, alpha);
  const step = sums === null ? null : solve(sums.information, sums.score);
  return step === null ? null : b.map((value, j) => value + step[j]);
}

/**
 * The solution of the generalised estimating equations, by turns: coefficients by Fisher scoring, then scale
 * and correlation from the residuals, until none of them moves.
 *
 * Liang & Zeger (1986), Biometrika 73, 13-22, section 3.3.
 */
export function solveGee(setup: GeeSetup, options: ResolvedGeeOptions): GeeSolution {
  return iterate(setup, startOf(setup, options), options);
}

/** The same from equations of a gaussian outcome, wherever they come from; null when no least squares exist. */
export function solveEquations(
  setup: Pick<GeeSetup, "pairs">,
  { equations, p }: { readonly equations: Equations; readonly p: number },
  options: ResolvedGeeOptions,
): GeeSolution | null {
  const start = leastSquares(equations, p);
  return start === null ? null : iterate(setup, start, options);
}

function iterate(
  setup: Pick<GeeSetup, "pairs">,
  { equations, independence }: Start,
  options: ResolvedGeeOptions,
): GeeSolution {
  let point = pointAt(setup, options.correlation, equations, independence.b);
  const common = { independence, independencePhi: point.phi };
  if (independence.separation !== null) return { ...common, ...point, state: "separated" };
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const b = nextCoefficients(equations, point);
    if (b === null) return { ...common, ...point, state: "invalid" };
    const next = pointAt(setup, options.correlation, equations, b);
    const moved = difference(next, point);
    point = next;
    if (!Number.isFinite(moved)) break;
    if (moved < TOLERANCE) return { ...common, ...point, state: "converged" };
  }
  return { ...common, ...point, state: "stopped" };
}
