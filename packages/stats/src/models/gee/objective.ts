import { choleskyInto, solveCholeskyInto } from "../../linalg/cholesky.ts";
import { type GlmSolution, solveGlm } from "../glm/objective.ts";
import { estimateAlpha } from "./correlation.ts";
import { type Equations, rowEquations } from "./equations.ts";
import { momentEquations, momentsOf } from "./moments.ts";
import type { ResolvedGeeOptions } from "./options.ts";
import type { GeeSetup } from "./setup.ts";

/** Where the iteration ended. */
export interface GeeSolution {
  /** `invalid`: the correlation is impossible; `separated`: no finite coefficients exist. */
  readonly state: "converged" | "stopped" | "invalid" | "separated";
  readonly b: Float64Array;
  readonly alpha: Float64Array;
  /** The scale in the units of the scaled outcome. */
  readonly phi: number;
  /** The solution with independence, from which the iteration starts and which QIC refers to. */
  readonly independence: GlmSolution;
  readonly independencePhi: number;
}

const MAX_ITERATIONS = 100;
// In units of the scaled coefficients, of the correlation, and relative to the scale.
const TOLERANCE = 1e-10;

function equationsOf(setup: GeeSetup, options: ResolvedGeeOptions): Equations {
  const { family, correlation, weights } = options;
  const fromMoments =
    family === "gaussian" && weights === undefined && correlation !== "ar1" && correlation !== "unstructured";
  return fromMoments ? momentEquations(momentsOf(setup)) : rowEquations(setup, options);
}

interface Point {
  readonly b: Float64Array;
  readonly alpha: Float64Array;
  readonly phi: number;
}

function pointAt(setup: GeeSetup, type: string, equations: Equations, b: Float64Array): Point {
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
  if (sums === null) return null;
  const lower = new Float64Array(b.length * b.length);
  if (!choleskyInto(lower, sums.information, b.length)) return null;
  const step = Float64Array.from(sums.score);
  solveCholeskyInto(step, lower, b.length);
  return b.map((value, j) => value + step[j]);
}

/**
 * The solution of the generalised estimating equations, by turns: coefficients by Fisher scoring, then scale
 * and correlation from the residuals, until none of them moves.
 *
 * Liang & Zeger (1986), Biometrika 73, 13-22, section 3.3.
 */
export function solveGee(setup: GeeSetup, options: ResolvedGeeOptions): GeeSolution {
  const independence = solveGlm(setup.rows, options.family);
  const equations = equationsOf(setup, options);
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
