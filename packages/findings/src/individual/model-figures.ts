import {
  caterpillar,
  type FigureContext,
  influencePlot,
  residualPlot,
  type TeamFigure,
} from "@longwave/figure";
import { influence, lmmResiduals, normalScores, type PersonalSlopes } from "@longwave/stats";
import type { SettledModel } from "../plan/alternatives/mixed-model.ts";
import { countText } from "../words/numbers.ts";

export interface ModelFigureInput {
  readonly settled: SettledModel;
  readonly note: string;
  readonly context: FigureContext;
}

/** Personal slopes in order, for one usual-sized step; grey where the reliability is below 0.5. */
export function slopesFigure(
  { note, context }: Pick<ModelFigureInput, "note" | "context">,
  found: {
    readonly slopes: PersonalSlopes;
    readonly step: number;
    readonly outcome: string;
    readonly unit: string;
  },
): TeamFigure {
  const { slopes, step, outcome, unit } = found;
  const reliable = slopes.people.filter(({ reliability }) => reliability >= 0.5).length;
  const data = {
    slopes: slopes.people.map(({ slope, lower, upper, reliability }) => ({
      estimate: slope * step,
      lower: lower * step,
      upper: upper * step,
      reliability,
    })),
    mean: slopes.mean.estimate * step,
    lowLabel: `less ${outcome}`,
    highLabel: `more ${outcome}`,
    unit,
  };
  const words = {
    id: "caterpillar",
    title:
      reliable === 0
        ? "Single people's slopes: none can be told from the others"
        : `Single people's slopes: ${countText(reliable, "en")} of ${countText(slopes.people.length, "en")} can be told from the others`,
    reading:
      "Each line is one person's slope with its 95% interval, the typical slope and the person's own part together. Slopes are shrunk towards the typical one. Never count people on one side of zero: chance puts some there.",
    note,
  };
  return caterpillar(data, words, context);
}

/** What the model leaves of each answer, against a normal law and against the fitted value. */
export function residualsFigure({ settled, note, context }: ModelFigureInput): TeamFigure {
  const rows = lmmResiduals(settled.fit, settled.data, { scale: "standardized" });
  const scores = normalScores(
    "residuals",
    rows.map(({ residual }) => residual),
  );
  const data = {
    quantiles: scores.values.map((residual, index) => ({
      theoretical: scores.expected[index] ?? Number.NaN,
      residual,
    })),
    points: rows.map(({ fitted, residual }) => ({ fitted, residual })),
  };
  const words = {
    id: "residual-plot",
    title: "What the model leaves over",
    reading:
      "Left: standardised residuals against a normal law; points on the line are as expected. Right: the same against the fitted value; stripes come from answers in whole points.",
    note,
  };
  return residualPlot(data, words, context);
}

/** The people whose leaving would move the fixed effects most. */
export function influenceFigure({ settled, note, context }: ModelFigureInput): TeamFigure {
  const { people } = influence(settled.fit, settled.data);
  const data = {
    measure: "Cook's distance",
    points: people.flatMap(({ level, cooksDistance }) =>
      cooksDistance === null ? [] : [{ label: level, value: cooksDistance }],
    ),
    // A rule of thumb for independent rows, read here with a person as the unit: Bollen & Jackman (1990).
    threshold: 4 / Math.max(1, people.length),
  };
  const words = {
    id: "influence-plot",
    title: "Whom the answer leans on",
    reading:
      "How far all fixed effects together would move without this person. The dashed line is 4 over the number of people: a reason to look at the record, never to leave the person out.",
    note,
  };
  return influencePlot(data, words, context);
}
