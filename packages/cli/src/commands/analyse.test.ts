import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Publication, verifySeal } from "@longwave/findings";
import { beforeAll, describe, expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const protocol = join(root, "protocols/exercise-and-pain.yaml");
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const bundle = (name: string) => JSON.parse(read(`${name}/publication.json`)) as Publication;

const withSessions = ["people.csv", "--events", "sessions.csv", "--out", "report", "--simulated"];

describe("a simulated cohort", () => {
  let printed = "";

  beforeAll(async () => {
    const people = ["--people", "500", "--seed", "3", "--out", "people.csv", "--events", "sessions.csv"];
    await longwave(folder, "simulate", protocol, ...people);
    const ran = await longwave(folder, "analyse", protocol, ...withSessions);
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    printed = ran.stdout;
  });

  test("becomes a page, a sealed bundle and tables", () => {
    expect(readdirSync(join(folder, "report")).sort()).toEqual([
      "CITATION.cff",
      "citation.bib",
      "figures",
      "index.html",
      "preview.png",
      "publication.json",
      "replication.R",
      "strobe.html",
      "strobe.md",
      "tables",
    ]);
    expect(verifySeal(bundle("report"))).toBe(true);
    expect(bundle("report").findings.map(({ id }) => id)).toEqual(expect.arrayContaining(["H1", "H2", "H6"]));
    expect(readdirSync(join(folder, "report/tables"))).toContain("estimates.csv");
    expect(printed).toContain("(simulated people)");
    expect(printed).toMatch(/ {2}H1 {2}/);
  });

  test("is analysed with a warning when the protocol's own words claim a cause", async () => {
    const text = readFileSync(protocol, "utf8").replace("they report less pain.", "exercise reduces pain.");
    writeFileSync(join(folder, "causal.yaml"), text);
    const ran = await longwave(
      folder,
      "analyse",
      "causal.yaml",
      "people.csv",
      "--out",
      "causal",
      "--confirmatory",
    );
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('causal.yaml: "reduces" in the claim of H1 is a word of cause');
  });

  test("is not put in place of one made from more people without a reason, which is then listed in it", async () => {
    const [head, ...rows] = read("people.csv").trim().split("\n");
    writeFileSync(join(folder, "fewer.csv"), `${[head, ...rows.slice(0, 600)].join("\n")}\n`);
    const args = ["analyse", protocol, "fewer.csv", "--out", "causal", "--confirmatory"];
    const refused = await longwave(folder, ...args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /Expected at least the [\d,]+ rows of \d+ people .* found 600 rows of \d+ people/,
    );
    const ran = await longwave(folder, ...args, "--smaller-data", "The disk failed.");
    expect(ran.code).toBe(0);
    const [first] = bundle("causal").deviations ?? [];
    expect(first).toMatchObject({ kind: "smaller_data", why: "The disk failed." });
    expect(first?.what).toContain("600 rows of");
  });

  test("has a reporting list with estimates before and after adjustment, which can be made from the bundle again", async () => {
    const list = read("report/strobe.md");
    expect(list).toContain("Unadjusted model of H1: pain_vrs ~ within(ex) + between(ex)");
    expect(list).toContain("[Item 16a on the findings page](index.html#numbers)");
    const again = await longwave(
      folder,
      ...["strobe", "report/publication.json", "--format", "md", "--page", "index.html"],
    );
    expect(again.stdout).toBe(list);
    expect((await longwave(folder, "strobe", "people.csv")).code).toBe(2);
  });

  test("has a page that is complete by itself: figures and styles inside, no script, nothing from elsewhere", () => {
    const page = read("report/index.html");
    expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(3);
    expect(page).toContain("<style>");
    expect(page).not.toMatch(/<script(?! type="application\/ld\+json")/);
    expect(page).not.toMatch(/<link[^>]+stylesheet|@import|url\((?!["']?data:)|src="http/);
    expect(page.toLowerCase()).toContain("simulated");
  });

  test("has links to its own files only, and every one of them is there", () => {
    const hrefs = Array.from(
      read("report/index.html").matchAll(/href="([^"#][^"]*)"/g),
      ([, href]) => href ?? "",
    );
    const own = hrefs.filter((href) => !/^(https?:|mailto:|data:)/.test(href));
    expect(own.length).toBeGreaterThan(3);
    for (const href of own) expect(() => read(join("report", href))).not.toThrow();
  });

  test("gives each figure as a picture, a drawing and numbers, each beside the page", () => {
    const figures = bundle("report").figures.map(({ id }) => id);
    const files = readdirSync(join(folder, "report/figures"));
    expect(files.sort()).toEqual(figures.flatMap((id) => [`${id}.png`, `${id}.svg`]).sort());
    for (const id of figures) {
      const png = readFileSync(join(folder, `report/figures/${id}.png`));
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect(read(`report/tables/figure-${id}.csv`)).not.toMatch(/\u2212\d/);
    }
  });

  test("replaces an earlier report, and the same input and seed give the same bytes", async () => {
    const before = ["index.html", "publication.json", "tables/estimates.csv"].map((name) =>
      read(`report/${name}`),
    );
    await longwave(folder, "analyse", protocol, ...withSessions);
    const after = ["index.html", "publication.json", "tables/estimates.csv"].map((name) =>
      read(`report/${name}`),
    );
    expect(after).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("runs the sensitivity and exploratory analyses too, unless only the planned answers are asked for", () => {
    expect(bundle("report").sensitivity?.length).toBeGreaterThan(5);
    expect(bundle("causal").sensitivity).toBeUndefined();
  });

  test("compares the sessions of a second file with rest, and draws them", () => {
    const { exploratory = [], figures, notYetRun } = bundle("report");
    expect(exploratory.find(({ id }) => id === "E1")?.rows.length).toBeGreaterThan(3);
    expect(figures.map(({ id }) => id)).toContain("sessions-against-rest");
    expect(notYetRun).toEqual([]);
    expect(read("report/index.html")).toContain("Exploratory: pain over a session");
  });

  test("refuses sessions of other people, and says of whom they should be", async () => {
    writeFileSync(join(folder, "others.csv"), "id,event,s_pre\nnobody,session_log,3\n");
    const args = ["people.csv", "--events", "others.csv", "--out", "others", "--confirmatory"];
    const ran = await longwave(folder, "analyse", protocol, ...args);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("people of the rows by wave");
  });

  test("writes the rows that replication.R reads beside the report when asked, never into it", async () => {
    const args = ["analyse", protocol, "people.csv", "--out", "with", "--confirmatory"];
    const inside = await longwave(folder, ...args, "--rows", "with/rows.csv");
    expect([inside.code, inside.stderr]).toEqual([2, expect.stringContaining("a file outside the report")]);
    const ran = await longwave(folder, ...args, "--rows", "rows.csv");
    expect(ran.code).toBe(0);
    const [head = "", ...rows] = read("rows.csv").trimEnd().split("\n");
    expect(head).toMatch(/^id,wave,/);
    expect(rows).toHaveLength(bundle("with").dataset.rows);
    expect(readdirSync(join(folder, "with"))).not.toContain("rows.csv");
  });

  test("draws single people on a page of its own when asked, never in the report", async () => {
    const args = ["analyse", protocol, "people.csv", "--out", "team", "--confirmatory", "--simulated"];
    const inside = await longwave(folder, ...args, "--individual", "team/individual.html");
    expect([inside.code, inside.stderr]).toEqual([2, expect.stringContaining("a file outside the report")]);
    const ran = await longwave(folder, ...args, "--individual", "individual.html");
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(read("individual.html")).toContain("Study team only");
    expect(readdirSync(join(folder, "team"))).not.toContain("individual.html");
    expect(JSON.stringify(bundle("team"))).not.toContain("single people");
  });

  test("is written in Norwegian when asked", async () => {
    const ran = await longwave(
      folder,
      "analyse",
      protocol,
      "people.csv",
      "--out",
      "nb",
      "--simulated",
      "--confirmatory",
      "--language",
      "nb",
    );
    expect(ran.code).toBe(0);
    expect(read("nb/index.html")).toContain('<html lang="nb"');
    expect(ran.stderr).toBe("");
  });
});

describe("a cohort with other names and codes", () => {
  const cohort = join(root, "examples/r-simulated-cohort/cohort.csv");
  const map = join(root, "protocols/mappings/r-simulated-cohort.map.yaml");

  test("is analysed through its mapping", async () => {
    const ran = await longwave(
      folder,
      "analyse",
      protocol,
      cohort,
      "--map",
      map,
      "--simulated",
      "--confirmatory",
      "--out",
      "mapped",
    );
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(bundle("mapped").dataset.people).toBe(568);
  });

  test("with a code the mapping does not know is refused with the code, and nothing is written", async () => {
    const text = readFileSync(cohort, "utf8").replace(",secondary,", ",college,");
    writeFileSync(join(folder, "odd.csv"), text);
    const ran = await longwave(folder, "analyse", protocol, "odd.csv", "--map", map, "--out", "odd");
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("college");
    expect(readdirSync(folder)).not.toContain("odd");
  });
});

test("a file without the columns of the protocol is refused with their names", async () => {
  mkdirSync(join(folder, "empty"), { recursive: true });
  writeFileSync(join(folder, "other.csv"), "a,b\n1,2\n");
  const ran = await longwave(folder, "analyse", protocol, "other.csv", "--out", "empty");
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/id/);
  expect(readdirSync(join(folder, "empty"))).toEqual([]);
});
