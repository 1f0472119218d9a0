import { describe, expect, test } from "vitest";
import { context } from "../testing/context.ts";
import {
  caterpillarData,
  influenceData,
  residualData,
  spaghettiData,
  teamFigures,
} from "../testing/team-examples.ts";
import { caterpillar } from "./caterpillar.ts";
import { influencePlot } from "./influence-plot.ts";
import { residualPlot } from "./residual-plot.ts";
import { evenSample } from "./sample.ts";
import { spaghetti } from "./spaghetti.ts";

const words = { title: "t", reading: "r", note: "n" };

describe("figures for the study team", () => {
  test("all say for whom they are, also when there is nothing to draw", () => {
    const empty = [
      spaghetti({ ...spaghettiData, people: [] }, words, context),
      caterpillar({ ...caterpillarData, slopes: [] }, words, context),
      influencePlot({ ...influenceData, points: [] }, words, context),
      residualPlot({ quantiles: [], points: [] }, words, context),
    ];
    for (const figure of [...teamFigures, ...empty]) expect(figure.audience).toBe("team");
    for (const figure of empty) expect(figure.wide).toContain("Not enough answers");
  });

  test("spaghetti draws at most sixty people and says how many there are", () => {
    const figure = spaghetti(spaghettiData, words, context);
    expect(figure.wide).toContain("60 drawn of 200");
    expect(figure.table.rows).toHaveLength(5);
  });

  test("a caterpillar is in order of the slopes, and counts those that cannot be told", () => {
    const figure = caterpillar(caterpillarData, words, context);
    const grey = caterpillarData.slopes.filter(({ reliability }) => reliability < 0.5).length;
    expect(figure.alt).toContain(`Grey: reliability below 0.5: ${grey} of 300`);
    expect(figure.wide).toContain("120 drawn of 300");
  });

  test("influence lists the twenty largest, largest first", () => {
    const { rows } = influencePlot(influenceData, words, context).table;
    expect(rows).toHaveLength(20);
    expect([...rows].sort((a, b) => (String(a[1]) < String(b[1]) ? 1 : -1)).map((row) => row[1])).toEqual(
      rows.map((row) => row[1]),
    );
  });

  test("residuals leave out what could not be computed", () => {
    const points = [...residualData.points, { fitted: Number.NaN, residual: 0 }];
    expect(residualPlot({ ...residualData, points }, words, context).wide).not.toContain("NaN");
  });
});

test("an even sample holds the first and the last, and never more than asked", () => {
  const numbers = Array.from({ length: 101 }, (_, index) => index);
  expect(evenSample(numbers, 5)).toEqual([0, 25, 50, 75, 100]);
  expect(evenSample(numbers.slice(0, 3), 5)).toEqual([0, 1, 2]);
});
