import { createRandom, drawPanel } from "@longwave/stats";

const SEED = 1;

/** The name under which the example stands on the page and is saved. */
export const EXAMPLE_NAME = "example-simulated-people.csv";

/** As a person would write it down: a whole number on the scale of the question. */
function answered(
  value: number,
  { centre, most }: { readonly centre: number; readonly most: number },
): number {
  return Math.min(most, Math.max(0, Math.round(centre + value)));
}

/**
 * A CSV of 400 simulated people and five waves: exercise sessions a week, and pain from 0 to 10.
 *
 * They go together at the same wave within people, and neither follows the other.
 */
export function exampleCsv(): string {
  const { x, y } = drawPanel(
    {
      waves: 5,
      icc: 0.6,
      autoregression: { x: 0.2, y: 0.2 },
      xToY: 0,
      yToX: 0,
      withinCorrelation: -0.25,
      betweenCorrelation: -0.15,
      dropout: { share: 0.3, onOutcome: 0.3 },
    },
    400,
    createRandom(SEED),
  );
  const rows = ["id,wave,exercise,pain"];
  for (let person = 0; person < 400; person++) {
    for (let wave = 0; wave < 5; wave++) {
      const [exercise, pain] = [x[wave]?.[person] ?? Number.NaN, y[wave]?.[person] ?? Number.NaN];
      if (Number.isNaN(pain)) continue;
      rows.push(
        [
          person + 1,
          wave + 1,
          answered(exercise, { centre: 3, most: 14 }),
          answered(1.2 * pain, { centre: 4, most: 10 }),
        ].join(","),
      );
    }
  }
  return `${rows.join("\n")}\n`;
}
