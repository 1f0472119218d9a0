/** The square root of how much the deviance rises when a quantity is held at a value. */
export type RootDeviance = (value: number) => number;

export interface ProfileSide {
  /** Where the search starts: the estimate. */
  readonly from: number;
  /** A first step, negative for the lower side. */
  readonly step: number;
  /** The limit of the quantity on this side; infinite where it has none. */
  readonly limit: number;
  /** The root deviance at the bound: the normal quantile. */
  readonly height: number;
}

// The root deviance is nearly linear, so a few secant steps reach this.
const TOLERANCE = 1e-7;
const MAX_STEPS = 60;

/** A point at which the root deviance is at least `height`, and the last one below it; null when none is found. */
function bracket(
  root: RootDeviance,
  { from, step, limit, height }: ProfileSide,
): readonly [readonly [number, number], readonly [number, number]] | "limit" | null {
  let inner: readonly [number, number] = [from, 0];
  let length = step;
  for (let k = 0; k < MAX_STEPS; k++) {
    const beyond = (from + length - limit) * Math.sign(step) >= 0;
    const value = beyond ? limit : from + length;
    const reached = root(value);
    if (!Number.isFinite(reached)) {
      // Too far for the likelihood to exist: half the way back.
      length = (inner[0] - from + length) / 2;
      continue;
    }
    if (reached >= height) return [inner, [value, reached]];
    if (beyond) return "limit";
    inner = [value, reached];
    length *= Math.min(4, Math.max(1.05, (1.02 * height) / Math.max(reached, 1e-3)));
  }
  return null;
}

/**
 * The value at which the root deviance reaches `height`: a finite limit where it does not before, null where the
 * profile does not close.
 *
 * The secant rule with Illinois' weights inside a bracket: Dahlquist & Bjorck (2008), Numerical Methods in
 * Scientific Computing, section 6.2.2.
 */
export function profileBound(root: RootDeviance, side: ProfileSide): number | null {
  const found = bracket(root, side);
  if (found === "limit") return side.limit;
  if (found === null) return null;
  let [[inside, low], [outside, high]] = found;
  low -= side.height;
  high -= side.height;
  for (let k = 0; k < MAX_STEPS; k++) {
    if (high < TOLERANCE) return outside;
    const value = outside - (high * (outside - inside)) / (high - low);
    const reached = root(value) - side.height;
    if (!Number.isFinite(reached)) return null;
    if (Math.abs(reached) < TOLERANCE) return value;
    if (reached < 0) {
      inside = value;
      low = reached;
      high /= 2;
    } else {
      outside = value;
      high = reached;
      low /= 2;
    }
  }
  return null;
}
