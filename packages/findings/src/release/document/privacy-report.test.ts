import { expect, test } from "vitest";
import { protectTable } from "../tables/protect-table.ts";
import type { ReleaseReport } from "../types.ts";
import { documentMarkdown } from "./markdown.ts";
import { documentPage } from "./page.ts";
import { privacyReport } from "./privacy-report.ts";

const report: ReleaseReport = {
  settings: { k: 10, minCell: 10 },
  people: { invited: 6419, consented: 4593, agreed: 3700, answered: 3648, removed: 4, released: 3644 },
  rows: { personWave: 14_301, event: 210 },
  k: { before: 1, after: 11 },
  unique: { before: 3487, after: 0 },
  underK: 3497,
  quasi: [
    {
      name: "sex",
      label: "Are you a woman or a man?",
      how: "as answered",
      isLeftOut: false,
      lost: 0,
      hidden: 32,
    },
    {
      name: "age",
      label: "Age",
      how: "in bands: under 40, 40 to 64, 65 or more",
      isLeftOut: false,
      lost: 0.73,
      hidden: 106,
    },
    { name: "bmi", label: "Body mass index", how: "left out", isLeftOut: true, lost: 1, hidden: 0 },
  ],
  classes: [
    { from: 10, to: 19, classes: 30, people: 382 },
    { from: 200, classes: 12, people: 3262 },
  ],
  risk: { highest: 1 / 11, average: 42 / 3644 },
  diversity: [
    {
      name: "chronic_pain",
      label: "Chronic pain",
      least: 1,
      median: 2,
      uniformClasses: 4,
      uniformPeople: 58,
    },
  ],
  series: [
    { names: ["pain_vrs"], people: 3644, unique: 1075 },
    { names: ["pain_vrs", "ex"], people: 3644, unique: 3327 },
  ],
  ends: [{ name: "evs_min", end: "top", at: 150, people: 5, values: 5 }],
  rare: [{ name: "harm", codes: ["1", "0"], values: 14_200, isWhole: true }],
  leftOut: [{ name: "birth_year", label: "Which year <b>were</b> you born?", why: "declared" }],
};

const tables = [
  {
    name: "characteristics-age",
    title: "age by sex",
    rows: ["under 40", "40 to 64", "65 or more"],
    columns: ["Woman", "Man"],
    counts: protectTable(
      [
        [120, 4],
        [80, 60],
        [95, 70],
      ],
      { threshold: 10, totals: "always-shown" },
    ),
  },
];

const head = { title: "A study, version 2", tags: ["Simulated people."] };

test("the privacy report says what was done, how far it got, and what it leaves open", async () => {
  const words = documentMarkdown(privacyReport({ report, tables }, head));
  await expect(words).toMatchFileSnapshot("__snapshots__/privacy-report.md");
});

test("the same report as a page has every table, and takes no word for markup", () => {
  const page = documentPage(privacyReport({ report, tables }, head), "");
  expect(page.match(/<table>/g)).toHaveLength(9);
  expect(page).toContain("Which year &lt;b&gt;were&lt;/b&gt; you born?");
  expect(page).not.toContain("<script");
});

test("words of a study are not taken for Markdown", () => {
  const words = documentMarkdown(privacyReport({ report, tables }, { ...head, title: "A *study* | [x](y)" }));
  expect(words).toContain("A \\*study\\* | \\[x\\](y)");
});
