import { datasetSource } from "@longwave/source";
import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, test } from "vitest";
import { renderIndividualReport } from "../page/individual-page.ts";
import { newDocument } from "../testing/plan.ts";
import { protocol, simulatedDataset } from "../testing/study.ts";
import { individualReport } from "./individual-report.ts";
import { seededSample } from "./people.ts";
import type { IndividualReport } from "./types.ts";

const dataset = simulatedDataset(3, 260);

function reportOf(seed: number, data = dataset): Promise<IndividualReport> {
  const source = datasetSource(data);
  return individualReport({
    protocol,
    dataset: data,
    source,
    document: newDocument(),
    seed,
    simulated: true,
  });
}

describe("the figures of single people", () => {
  let report: IndividualReport;
  beforeAll(async () => {
    report = await reportOf(1);
  });

  test("are for the study team, every one, and say so under the drawing", () => {
    expect(report.figures.length).toBeGreaterThanOrEqual(6);
    for (const { audience, note } of report.figures) {
      expect(audience).toBe("team");
      expect(note).toBe("Simulated people · For the study team only: shows single people");
    }
  });

  test("show answers, own lines, residuals and influence, and personal slopes or why there are none", () => {
    const ids = report.figures.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["spaghetti-0", "spaghetti-1", "person-map", "person-lines"]));
    expect(ids).toEqual(expect.arrayContaining(["residual-plot", "influence-plot"]));
    const slopes = ids.includes("caterpillar");
    expect(slopes || report.notes.some((note) => note.startsWith("No personal slopes"))).toBe(true);
  });

  test("count in the map everyone whose answers the model used", () => {
    const map = report.figures.find(({ id }) => id === "person-map");
    const lines = report.figures.find(({ id }) => id === "person-lines");
    const people = map?.table.rows.reduce((sum, [, count]) => sum + Number(count), 0);
    expect(lines?.alt).toContain(`60 drawn of ${people}`);
  });

  test("are the same for the same seed, and draw others for another", async () => {
    const lines = ({ figures }: IndividualReport) => figures.find(({ id }) => id === "person-lines")?.wide;
    expect(lines(await reportOf(1))).toBe(lines(report));
    expect(lines(await reportOf(2))).not.toBe(lines(report));
  });

  test("stand on a page that is marked at its head, in its title and for search engines", () => {
    const html = renderIndividualReport(report, { css: "" });
    const { document } = parseHTML(html);
    expect(document.querySelector("title")?.textContent).toContain("study team only");
    expect(document.querySelector(".hero .tag.notice")?.textContent).toBe("Study team only");
    expect(document.querySelector(".callout")?.textContent).toContain("do not publish");
    expect(document.querySelector("meta[name=robots]")?.getAttribute("content")).toBe("noindex");
    expect(document.querySelectorAll("figure.fig")).toHaveLength(report.figures.length);
  });
});

test("fewer than ten people give a note and no figure", async () => {
  const report = await reportOf(1, simulatedDataset(1, 8));
  expect(report.figures).toEqual([]);
  expect(report.notes[0]).toContain("Fewer than 10 people");
  expect(renderIndividualReport(report, { css: "" })).toContain("Nothing could be drawn");
});

test("a seeded sample has as many as asked, each once, in the order they came", () => {
  const numbers = Array.from({ length: 100 }, (_, index) => index);
  const sample = seededSample(numbers, 60, 7);
  expect(sample).toHaveLength(60);
  expect([...new Set(sample)].sort((a, b) => a - b)).toEqual(sample);
  expect(seededSample(numbers, 60, 7)).toEqual(sample);
  expect(seededSample(numbers.slice(0, 5), 60, 7)).toEqual([0, 1, 2, 3, 4]);
});
