import { normalQuantile, tQuantile } from "@longwave/stats";

/** An estimate with its standard error and degrees of freedom; null where it is normal. */
export interface RawEstimate {
  readonly estimate: number;
  readonly stdError: number;
  readonly df: number | null;
  readonly pValue: number | null;
}

/** An estimate on the scale it is shown on, with the intervals its words rest on. */
export interface Scaled {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly lower90: number;
  readonly upper90: number;
  readonly pValue: number | null;
}

/** The estimate of `step` units, with 95 % and 90 % intervals. */
export function scaledEstimate({ estimate, stdError, df, pValue }: RawEstimate, step = 1): Scaled {
  const half = (level: number): number => {
    const at = 1 - (1 - level) / 2;
    return stdError * (df === null ? normalQuantile(at) : tQuantile(at, df));
  };
  const [wide, narrow] = [half(0.95), half(0.9)];
  return {
    estimate: estimate * step,
    lower: (estimate - wide) * step,
    upper: (estimate + wide) * step,
    lower90: (estimate - narrow) * step,
    upper90: (estimate + narrow) * step,
    pValue,
  };
}
