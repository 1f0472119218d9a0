import { describe, expect, test } from "vitest";
import { context } from "../testing/context.ts";
import {
  caterpillarData,
  influenceData,
  linesData,
  mapData,
  residualData,
  spaghettiData,
  teamFigures,
} from "../testing/team-examples.ts";
import { caterpillar } from "./caterpillar.ts";
import { influencePlot } from "./influence-plot.ts";
import { personLines } from "./person-lines.ts";
import { personMap } from "./person-map.ts";
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
      personMap({ ...mapData, people: [] }, words, context),
      personLines({ ...linesData, people: [] }, words, context),
    ];
    for (const figure of [...teamFigures, ...empty]) expect(figure.audience).toBe("team");
    for (const figure of empty) expect(figure.wide).toContain("Not enough answers");
  });

  test("spaghetti draws at most sixty people and says how many there are", () => {
    const figure = spaghetti(spaghettiData, words, context);
    expect(figure.wide).toContain("60 drawn of 200");
    expect(figure.table.rows).toHaveLength(5);
  });

  test("a map of persons counts everyone by the waves they answered, most complete first", () => {
    const { table, wide } = personMap(mapData, words, context);
    const people = table.rows.map(([, people]) => Number(people));
    expect(people.reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(table.rows[0]?.[0]).toBe("Wave 1, Wave 2, Wave 3, Wave 4, Wave 5");
    expect(wide).toContain("Darker: more pain. Blank: no answer. 200 drawn of 200.");
  });

  test("own lines come with the two slopes that the model tells apart", () => {
    const figure = personLines(linesData, words, context);
    expect(figure.table.rows.map(([, slope]) => slope)).toEqual(["−0.050", "−0.041"]);
    expect(figure.wide).toContain("60 drawn of 4,194");
  });

  test("a sample that the caller took says what it was taken from", () => {
    const people = spaghettiData.people.slice(0, 10);
    expect(spaghetti({ ...spaghettiData, people, total: 200 }, words, context).wide).toContain(
      "10 drawn of 200",
    );
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

  test("small influences have decimals that tell them apart, and a long name is cut in the drawing, not in the table", () => {
    const name = "0f8b6c1e-8f7c-4f0e-9a53-2b7d5c1a9e44";
    const points = [
      { label: name, value: 0.0031 },
      { label: "B", value: 0.0028 },
    ];
    const figure = influencePlot({ measure: "m", points }, words, context);
    expect(figure.table.rows).toEqual([
      [name, "0.0031"],
      ["B", "0.0028"],
    ]);
    expect(figure.narrow).toMatch(/>0f8b6c1e[^<]*…</);
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
