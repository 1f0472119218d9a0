import { parseHTML } from "linkedom";
import { describe, expect, expectTypeOf, test } from "vitest";
import { deltaMap } from "./delta-map.ts";
import { figureCsv } from "./figure-csv.ts";
import { forest } from "./forest.ts";
import { lastWaveMeans } from "./last-wave-means.ts";
import { meanBands } from "./mean-bands.ts";
import { missingnessMap } from "./missingness-map.ts";
import { pathDiagram } from "./path-diagram.ts";
import { sessionsAgainstRest } from "./sessions-against-rest.ts";
import { slopeDistribution } from "./slope-distribution.ts";
import { specificationStrip } from "./specification-strip.ts";
import { standaloneSvg } from "./standalone.ts";
import { missingData, sectionData, sessionData, stripData } from "./testing/check-examples.ts";
import { context } from "./testing/context.ts";
import { diagramData, everyone, twoGroups } from "./testing/lag-examples.ts";
import { bandsData, deltaData, lastWaveData, slopeData } from "./testing/spread-examples.ts";
import type { Figure, TeamFigure } from "./types.ts";

const words = { title: "What was found", reading: "How to read it.", note: "Simulated people · invented" };
const nothing = "Not enough answers to draw this";
const count = (text: string, part: string): number => text.split(part).length - 1;

describe("path diagram", () => {
  const figure = pathDiagram(diagramData, words, context);

  test("dashes the paths whose interval holds zero, and no other", () => {
    expect(count(figure.wide, "stroke-dasharray")).toBe(2);
    const clear = { ...everyone, xToY: everyone.xToX, yToX: everyone.yToY };
    expect(pathDiagram({ ...diagramData, groups: [clear] }, words, context).wide).not.toContain("dasharray");
  });

  test("writes every path in standard and in original units, in words and in the table", () => {
    expect(figure.alt).toContain(
      "Pain → later exercise: −0.02 (−0.04 to 0.01) standard units, −0.046 (−0.111 to 0.019) original units",
    );
    expect(figure.alt).toContain("Same wave: −0.14 (−0.16 to −0.12)");
    expect(figure.table.rows).toHaveLength(9);
  });

  test("draws groups side by side on a page and one under the other on a phone", () => {
    const groups = pathDiagram(twoGroups, words, context);
    expect(groups.wide).toContain("Men · 1,874");
    expect(count(groups.narrow, ">Three months later</text>")).toBe(2);
    expect(groups.alt).toContain("Men.");
  });

  test("keeps original units on its arrows when nothing was standardised", () => {
    const { raw } = everyone.xToY;
    const bare = { ...everyone, xToX: { raw }, yToY: { raw }, xToY: { raw }, yToX: { raw } };
    const drawn = pathDiagram({ ...diagramData, groups: [bare] }, words, context);
    expect(drawn.alt).not.toContain("standard units");
    expect(drawn.wide).not.toContain("Large:");
  });

  test("says that there is nothing to draw when a path could not be estimated", () => {
    const lost = {
      ...everyone,
      xToY: { raw: { estimate: Number.NaN, lower: Number.NaN, upper: Number.NaN } },
    };
    expect(pathDiagram({ ...diagramData, groups: [lost] }, words, context).wide).toContain(nothing);
  });
});

describe("specification strip", () => {
  const figure = specificationStrip(stripData, words, context);

  test("puts the planned main analysis first", () => {
    expect(figure.table.rows[0]?.slice(0, 2)).toEqual(["As planned", "planned main analysis"]);
  });

  test("marks the row that would be told in other words, in shape and in words", () => {
    expect(count(figure.wide, ">other words</text>")).toBe(1);
    expect(figure.alt).toContain("Weighted by the chance of staying: −0.07 (−0.09 to −0.05), other words");
  });

  test("writes a row in another unit below the axis, not on it", () => {
    expect(figure.wide).toContain("In other units, not on this axis");
    expect(figure.wide).toContain("−0.34 (−0.44 to −0.24) log odds");
  });
});

describe("forest with sections", () => {
  const figure = forest(sectionData, words, context);

  test("gives each heading the p-value of its interaction, in words and in the table", () => {
    expect(figure.wide).toContain("Do groups differ? p = 0.048 (0.072)");
    expect(figure.alt).toContain("Age, Do groups differ? p = 0.214 (adjusted p = 0.214): 18 to 39");
    const sex = ["Sex", "Women", "−0.08", "−0.10 to −0.06", 2320, "p < 0.001 (adjusted p < 0.001)"];
    expect(figure.table.rows[1]).toEqual(sex);
    expect(figure.table.columns).toHaveLength(sex.length);
  });

  test("has no column of people when none are given, and no adjusted p for a single test", () => {
    const [, age] = sectionData.sections;
    const { adjustedP: _, ...alone } = age;
    const { table } = forest({ ...sectionData, sections: [alone] }, words, context);
    expect(table.rows[1]).toEqual(["Age", "18 to 39", "−0.09", "−0.13 to −0.05", "p = 0.214"]);
  });

  test("leaves out a section without a row that could be computed", () => {
    const lost = {
      label: "Lost",
      rows: [{ label: "x", estimate: Number.NaN, lower: 0, upper: 0, role: "plain" as const }],
    };
    expect(forest({ ...sectionData, sections: [lost] }, words, context).wide).not.toContain("Lost");
  });
});

describe("delta map", () => {
  const figure = deltaMap(deltaData, words, context);

  test("counts the cells whose words change, and names the estimate without shift", () => {
    const changed = deltaData.cells.flat().filter((cell) => cell.changed).length;
    expect(figure.alt).toContain(`the words change: ${changed} of 45 cells`);
    expect(figure.alt).toContain("no shift: −0.12 (−0.13 to −0.10), A weak association.");
  });

  test("shows a change by a diamond, bold type and a thick line as well as by shade", () => {
    const changed = deltaData.cells.flat().filter((cell) => cell.changed).length;
    expect(count(figure.wide, `font-weight="650"`)).toBe(changed);
    expect(figure.wide).toContain(`stroke-width="3"`);
  });

  test("says so when the words hold everywhere, and draws no line", () => {
    const cells = deltaData.cells.map((row) => row.map((cell) => ({ ...cell, changed: false })));
    const held = deltaMap({ ...deltaData, cells }, words, context);
    expect(held.wide).toContain("The words stay the same in every cell");
    expect(held.wide).not.toContain(`stroke-width="3"`);
  });

  test("draws one row when the exposure is not shifted", () => {
    const one = { ...deltaData, exposureDeltas: [0], cells: deltaData.cells.slice(-1) };
    expect(deltaMap(one, words, context).wide).not.toContain("↓");
  });
});

describe("missingness", () => {
  test("sorts patterns by waves answered and keeps the rare ones together and last", () => {
    const { rows } = missingnessMap(missingData, words, context).table;
    expect(rows[0]?.slice(0, 2)).toEqual(["Wave 1, Wave 2, Wave 3, Wave 4, Wave 5", "answered"]);
    expect(rows.at(-1)?.[0]).toBe("Rare patterns together");
    expect(rows.reduce((sum, row) => sum + Number(row[6]), 0)).toBe(3319);
  });

  test("with no one in it says that there is nothing to draw", () => {
    expect(missingnessMap({ ...missingData, patterns: [] }, words, context).wide).toContain(nothing);
  });

  test("means before the last answer are lined up at the end, the earliest first", () => {
    const figure = lastWaveMeans(lastWaveData, words, context);
    expect(figure.alt).toContain("Last answer Wave 2 · 340: 1.78, 1.86.");
    expect(figure.table.rows.filter(([label]) => label === "Wave 4").map((row) => row[2])).toEqual([
      3, 2, 1, 0,
    ]);
    expect(lastWaveMeans({ ...lastWaveData, groups: [] }, words, context).narrow).toContain("<svg");
  });
});

describe("means with bands", () => {
  const figure = meanBands(bandsData, words, context);

  test("never bridges a wave without enough answers", () => {
    expect(figure.alt).toContain("Men: Wave 1 1.40, Wave 2 1.42, Wave 3 –, Wave 4 1.35");
    expect(figure.table.rows[7]).toEqual(["Men", "Wave 3", null, null, null, null, null]);
  });

  test("names its bands in the reader's language", () => {
    expect(figure.wide).toContain("Bands: the middle 80% and 50% of answers.");
    const norwegian = meanBands(bandsData, words, { ...context, language: "nb" });
    expect(norwegian.wide).toContain("Bånd: de midterste 80\u00a0% og 50\u00a0% av svarene.");
  });

  test("draws a wave that stands alone", () => {
    const points = [null, bandsData.groups[0]?.points[0] ?? null, null, null, null];
    const groups = [{ label: "", role: "everyone" as const, points }];
    expect(meanBands({ ...bandsData, groups }, words, context).wide).not.toMatch(/NaN|Infinity/);
  });
});

describe("spread of personal slopes", () => {
  test("is grey, dashed and says why when one person's slope cannot be told", () => {
    const grey = slopeDistribution(slopeData, words, context);
    expect(grey.wide).toContain("One person's own slope cannot be told from chance here");
    expect(grey.wide).not.toContain("var(--within");
    const told = slopeDistribution({ ...slopeData, reliability: 0.6 }, words, context);
    expect(told.wide).toContain("var(--within");
  });

  test("an unknown reliability counts as too low", () => {
    const figure = slopeDistribution({ ...slopeData, reliability: Number.NaN }, words, context);
    expect(figure.alt).toContain("cannot be told");
  });

  test("gives each share with its interval", () => {
    expect(slopeDistribution(slopeData, words, context).alt).toContain(
      "Less pain by more than our limit: 56% (49% to 66%)",
    );
  });

  test("without any spread says that there is nothing to draw and keeps its numbers", () => {
    const flat = slopeDistribution({ ...slopeData, stdDev: 0 }, words, context);
    expect(flat.wide).toContain(nothing);
    expect(flat.table.rows).toHaveLength(5);
  });
});

test("sessions stand beside rest and their difference, each with how often", () => {
  const figure = sessionsAgainstRest(sessionData, words, context);
  expect(figure.alt).toContain(
    "Walking: Session, 3,120 times −0.41 (−0.50 to −0.32); Rest, 940 times −0.28 (−0.39 to −0.17); Difference −0.13",
  );
  expect(sessionsAgainstRest({ ...sessionData, types: [] }, words, context).wide).toContain(nothing);
});

test("a figure of single people is no figure that may be published", () => {
  expectTypeOf<TeamFigure>().not.toExtend<Figure>();
});

describe("files of a figure", () => {
  const figure = specificationStrip(stripData, words, context);

  test("the numbers as text have a header, a line a row, and plain minus signs", () => {
    const lines = figureCsv(figure).trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + figure.table.rows.length);
    expect(lines[1]).toContain(",-0.12,-0.13 to -0.10,");
    expect(figureCsv({ table: { columns: ['a "b"'], rows: [["x, y"], [null]] } })).toBe(
      '"a ""b"""\r\n"x, y"\r\n\r\n',
    );
  });

  test.each(["light", "dark"] as const)(
    "a picture that stands alone has no role left, and says its note (%s)",
    (scheme) => {
      const svg = standaloneSvg(figure, { scheme, size: "narrow" });
      expect(svg).not.toContain("var(--");
      expect(svg).toContain("Simulated people");
      const root = parseHTML(svg.slice(svg.indexOf("<svg"))).document.querySelector("svg");
      expect(root?.querySelector("title")?.textContent).toBe(words.title);
      expect(root?.querySelector("desc")?.textContent).toBe(figure.alt);
    },
  );
});
