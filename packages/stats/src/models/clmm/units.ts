import { lowerFactor } from "../../linalg/lower-factor.ts";
import { UNSCALED } from "../lmm/scaling.ts";
import type { Optimum } from "./optimum.ts";
import type { RandomPart } from "./random-part.ts";
import type { CategoricalSetup } from "./setup.ts";
import type { FactorPlace } from "./workspace.ts";

/** Estimates in the units of the data and the derivatives of each by the parameters searched over. */
export interface UserParameters {
  readonly thresholds: readonly number[];
  readonly beta: readonly number[];
  /** In the order of the random part's places. */
  readonly theta: readonly number[];
  /** (thresholds, beta, theta) x psi. */
  readonly jacobian: readonly Float64Array[];
}

const PLACES: readonly FactorPlace[] = ["11", "21", "22"];

/** The factor of the random effects' covariance in the units of the data, by place. */
function userFactor({ scales }: RandomPart, factor: Float64Array): Record<FactorPlace, number> {
  const first = scales[0];
  const second = scales[1] ?? UNSCALED;
  // u0 + u1 (z - shift) / scale = (u0 - u1 shift / scale) + (u1 / scale) z; a single slope has no shift.
  const back = second.shift / second.scale;
  const [l11, l21, l22] = factor;
  const mapped = Float64Array.of(
    (l11 - back * l21) / first.scale,
    -back * l22,
    l21 / second.scale,
    l22 / second.scale,
  );
  const lower = lowerFactor(mapped, 2);
  return { "11": lower[0], "21": lower[2], "22": lower[3] };
}

/** Derivatives of theta by the free elements of the factor, by central differences of a closed form. */
function factorJacobian(random: RandomPart, { criterion, work }: Optimum): number[][] {
  const h = 1e-5;
  const by = criterion.places.map((place) => {
    const at = (length: number) => {
      const factor = Float64Array.from(work.factor);
      factor[PLACES.indexOf(place)] += length;
      return userFactor(random, factor);
    };
    const [ahead, behind] = [at(h), at(-h)];
    return random.places.map((row) => (ahead[row] - behind[row]) / (2 * h));
  });
  return random.places.map((_, row) => by.map((column) => column[row]));
}

/** Undoes the shift and the scale of every column. */
export function userParameters(setup: CategoricalSetup, optimum: Optimum): UserParameters {
  const { work, psi, criterion } = optimum;
  const { rows, xScale, random, names } = setup;
  const nThresholds = rows.freeThresholds ? rows.ncategories - 1 : 0;
  const intercept = rows.freeThresholds ? -1 : names.indexOf("(Intercept)");
  const row = () => new Float64Array(psi.length);
  const shifted = (sign: number, to: Float64Array) => {
    xScale.forEach(({ shift, scale }, j) => {
      to[nThresholds + j] += (sign * shift) / scale;
    });
  };
  const thresholdRows = Array.from({ length: nThresholds }, (_, k) => {
    const out = row();
    out[0] = 1;
    for (let r = 1; r <= k; r++) out[r] = work.thresholds[r] - work.thresholds[r - 1];
    shifted(1, out);
    return out;
  });
  const betaRows = names.map((_, j) => {
    const out = row();
    if (j === intercept) shifted(-1, out);
    out[nThresholds + j] += 1 / xScale[j].scale;
    return out;
  });
  // Linear in beta; the thresholds' own part is their value, not the product with their derivative.
  const linear = (derivatives: Float64Array) =>
    Array.from(work.beta).reduce((sum, value, j) => sum + derivatives[nThresholds + j] * value, 0);
  const theta = random === null ? null : userFactor(random, work.factor);
  const thetaRows = random === null || criterion.places.length === 0 ? [] : factorJacobian(random, optimum);
  const places = random?.places ?? [];
  return {
    thresholds: thresholdRows.map((derivatives, k) => work.thresholds[k] + linear(derivatives)),
    beta: betaRows.map(linear),
    theta: places.map((place) => theta?.[place] ?? 0),
    jacobian: [
      ...thresholdRows,
      ...betaRows,
      ...places.map((_, k) => {
        const out = row();
        thetaRows[k]?.forEach((value, c) => {
          out[nThresholds + rows.p + c] = value;
        });
        return out;
      }),
    ],
  };
}
