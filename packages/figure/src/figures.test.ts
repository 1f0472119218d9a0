import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { forest } from "./forest.ts";
import { intervalGraphic } from "./interval-graphic.ts";
import { participantFlow } from "./participant-flow.ts";
import {
  allFigures,
  context,
  flowData,
  forestData,
  graphics,
  groupRows,
  slopesData,
} from "./testing/examples.ts";
import type { Figure, FigureContext } from "./types.ts";
import { withinBetween } from "./within-between.ts";

const words = { title: "What was found", reading: "How to read it.", note: "Invented numbers" };
const drawings = allFigures().flatMap((figure) => [
  [`${figure.id} wide`, figure.wide, figure] as const,
  [`${figure.id} narrow`, figure.narrow, figure] as const,
]);

function parse(svg: string): Document {
  return parseHTML(`<!doctype html><html><body>${svg}</body></html>`).document;
}

describe("every drawing", () => {
  test.each(drawings)("%s is one image with a title and a description that exist in it", (_, svg, figure) => {
    const root = parse(svg).querySelector("svg");
    expect(root?.getAttribute("role")).toBe("img");
    const ids = root?.getAttribute("aria-labelledby")?.split(" ") ?? [];
    expect(ids).toHaveLength(2);
    const texts = ids.map((id) => root?.querySelector(`#${id}`)?.textContent);
    expect(texts).toEqual([figure.title, figure.alt]);
  });

  test.each(drawings)("%s has no label on a plain group, no style, no class and no script", (_, svg) => {
    expect(svg.slice(svg.indexOf(">"))).not.toMatch(/ aria-|<style|<script| style=| class=/);
  });

  test.each(drawings)("%s takes every colour from a role, with the light colour as fallback", (_, svg) => {
    expect(svg.replaceAll(/var\(--[a-z0-9-]+, #[0-9a-f]{6}\)/g, "role")).not.toMatch(
      /#[0-9a-f]{3,6}\b|rgb\(|black|white/i,
    );
  });

  test.each(drawings)("%s keeps its words between 14 and 18 units", (_, svg) => {
    const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(sizes.length).toBeGreaterThan(0);
    for (const size of sizes) {
      expect(size).toBeGreaterThanOrEqual(14);
      expect(size).toBeLessThanOrEqual(18);
    }
  });

  test.each(drawings)("%s stands within its frame and holds no broken number", (name, svg) => {
    expect(svg).toContain(name.endsWith("wide") ? `viewBox="0 0 900 ` : `viewBox="0 0 340 `);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test("the same numbers give the same bytes, whatever was drawn before", () => {
  const draw = (): Figure => withinBetween(slopesData, words, context);
  const first = draw();
  forest(forestData, words, context);
  expect(draw()).toEqual(first);
});

test("words with angle brackets and quotes stay words", () => {
  const title = `<script>alert("1")</script> & more`;
  const figure = participantFlow(flowData, { ...words, title }, context);
  expect(figure.wide).not.toContain("<script");
  expect(parse(figure.wide).querySelector("title")?.textContent).toBe(title);
});

describe("participant flow", () => {
  const figure = participantFlow(flowData, words, context);

  test("starts with everyone invited and gives each stage as a share of them", () => {
    expect(figure.table.rows[0]).toEqual(["Invited", 6419, "100%"]);
    expect(figure.table.rows[1]).toEqual(["Answered at least once", 4534, "71%"]);
    expect(figure.alt).toContain("Answered at least once: 4,534 (71%)");
  });

  test("with nobody invited says that there is nothing to draw", () => {
    const empty = participantFlow({ invited: 0, stages: flowData.stages }, words, context);
    expect(empty.wide).toContain("Not enough answers to draw this");
    expect(empty.table.rows).toEqual([]);
  });

  test("draws stages with no one in them", () => {
    const none = participantFlow(
      { invited: 12, stages: [{ label: "Wave 1", count: 0, kind: "wave" }] },
      words,
      context,
    );
    expect(none.alt).toContain("Wave 1: 0 (0%)");
    expect(none.narrow).not.toMatch(/NaN|width="-/);
  });

  test("speaks Norwegian when asked", () => {
    const norwegian: FigureContext = { ...context, language: "nb" };
    expect(participantFlow(flowData, words, norwegian).alt).toContain("Invitert: 6\u00a0419");
  });
});

describe("within and between", () => {
  const figure = withinBetween(slopesData, words, context);

  test("gives both slopes with their intervals in words", () => {
    expect(figure.alt).toContain("Between people: −0.045 (−0.055 to −0.035) per point");
    expect(figure.alt).toContain("Within a person: −0.041 (−0.047 to −0.035) per point");
  });

  test("puts both panels on one scale: a unit is equally long in both", () => {
    const narrowWithin = { ...slopesData.within, xRange: [-2, 2] as const, yRange: [-0.5, 0.5] as const };
    const shared = withinBetween({ ...slopesData, within: narrowWithin }, words, context);
    expect(shared.wide).toContain("+6</text>");
    expect(shared.wide).not.toContain("+2</text>");
  });

  test("lists the slope and every average in its table", () => {
    expect(figure.table.rows).toHaveLength(2 + 16);
    expect(figure.table.rows[0]?.slice(0, 3)).toEqual(["Between people", "Slope, per point", "−0.045"]);
  });

  test.each([
    ["no cells and no averages", { cells: [], averages: [] }],
    ["a slope that is not a number", { slope: Number.NaN }],
    ["a range without length", { xRange: [3, 3] as const }],
  ])("with %s says that there is nothing to draw", (_, change) => {
    const between = { ...slopesData.between, ...change };
    expect(withinBetween({ between, within: slopesData.within }, words, context).wide).toContain(
      "Not enough answers",
    );
  });

  test("keeps its slopes in the table when there is nothing to draw", () => {
    const hidden = { ...slopesData.between, cells: [], averages: [] };
    const figure = withinBetween({ between: hidden, within: slopesData.within }, words, context);
    expect(figure.table.rows[0]?.slice(0, 3)).toEqual(["Between people", "Slope, per point", "−0.045"]);
  });

  test("draws with one average, no cells and a flat line", () => {
    const lone = {
      ...slopesData.within,
      cells: [],
      averages: slopesData.within.averages.slice(0, 1),
      slope: 0,
    };
    const drawn = withinBetween({ between: slopesData.between, within: lone }, words, context);
    expect(drawn.wide).not.toMatch(/NaN|Infinity/);
  });

  test("cells with a count of zero are drawn as the faintest, without a broken opacity", () => {
    const cells = slopesData.within.cells.map((cell) => ({ ...cell, count: 0 }));
    const drawn = withinBetween(
      { between: slopesData.between, within: { ...slopesData.within, cells } },
      words,
      context,
    );
    expect(drawn.wide).not.toContain("NaN");
  });
});

describe("forest", () => {
  test("names every shaded limit in words", () => {
    const figure = forest(forestData, words, context);
    for (const zone of forestData.zones) expect(figure.narrow).toContain(`>${zone.label}</text>`);
  });

  test("draws one row, and rows without any limit", () => {
    const figure = forest({ ...forestData, rows: groupRows.slice(0, 1), zones: [] }, words, context);
    expect(figure.table.rows).toEqual([["Everyone", "−0.12", "−0.13 to −0.10"]]);
    expect(figure.wide).not.toContain("NaN");
  });

  test("leaves out a row whose interval could not be computed, and says so when none is left", () => {
    const lost = groupRows.map((row) => ({ ...row, lower: Number.NaN }));
    expect(forest({ ...forestData, rows: [...lost, ...groupRows] }, words, context).table.rows).toHaveLength(
      4,
    );
    expect(forest({ ...forestData, rows: lost }, words, context).wide).toContain("Not enough answers");
  });

  test("an interval without width still has its place", () => {
    const point = { label: "One", estimate: 0, lower: 0, upper: 0, role: "plain" as const };
    expect(forest({ ...forestData, rows: [point], zones: [] }, words, context).wide).not.toMatch(
      /NaN|Infinity/,
    );
  });
});

describe("interval graphic", () => {
  test("is labelled by its sentence and needs no id", () => {
    expect(graphics["interval-one"]).toContain(`role="img" aria-label="−0.12 (−0.13 to −0.10) pain points"`);
    expect(graphics["interval-one"]).not.toContain(" id=");
  });

  test("survives a limit of zero and an estimate far beyond the axis", () => {
    const row = { label: "Far", estimate: 9, lower: 8, upper: 10, role: "everyone" as const };
    expect(intervalGraphic({ rows: [row], limit: 0, zones: [], alt: "far" }, context)).not.toMatch(
      /NaN|Infinity/,
    );
  });

  test("gives names a line of their own when they would cover an interval", () => {
    const height = (name: string): number =>
      Number(/viewBox="0 0 300 ([\d.]+)"/.exec(graphics[name] ?? "")?.[1]);
    expect(height("interval-long-names")).toBeGreaterThan(height("interval-two"));
  });

  test("draws an empty axis when there is no row", () => {
    expect(intervalGraphic({ rows: [], limit: 1, zones: [], alt: "nothing" }, context)).toContain("<svg");
  });
});
