import { expect, test } from "vitest";
import { parse } from "yaml";
import { publicationFixture } from "../page/testing/fixture.ts";
import { citationBibtex, citationCff } from "./citation-file.ts";
import type { Publication } from "./types.ts";

const published = {
  publishedAt: Date.UTC(2026, 10, 2, 9),
  address: "https://study.example.org/findings/a/5f1d",
};
const cff = (publication: Publication, as = {}) =>
  parse(citationCff(publication, as)) as Record<string, unknown>;

/** The keys of the schema of citation-file-format 1.2.0, for the file and for a cited work; the first four are required. */
const required = ["cff-version", "message", "title", "authors"];
const known = [
  ...[
    ...required,
    "abstract",
    "commit",
    "contact",
    "date-released",
    "doi",
    "identifiers",
    "keywords",
    "license",
  ],
  ...["license-url", "preferred-citation", "references", "repository", "repository-artifact"],
  ...["repository-code", "type", "url", "version"],
];

test("a citation file has what the schema of CITATION.cff 1.2.0 requires, and no key it does not know", () => {
  const file = cff(publicationFixture, published);
  expect(Object.keys(file)).toEqual(expect.arrayContaining(required));
  for (const key of Object.keys(file)) expect(known).toContain(key);
  expect(file["cff-version"]).toBe("1.2.0");
  expect(file.type).toBe("dataset");
  expect(file.authors).toEqual([{ name: "The exercise and pain study team" }]);
  expect(file["date-released"]).toBe("2026-11-02");
  expect(file.url).toBe(published.address);
  expect(file.abstract).toMatch(/^Simulated people, not a real study\. /);
  const paper = file["preferred-citation"] as Record<string, unknown>;
  expect(Object.keys(paper)).toEqual(expect.arrayContaining(["type", "title", "authors"]));
  expect(paper).toMatchObject({ type: "report", title: publicationFixture.study.question, year: 2026 });
});

test("says nothing of a date, an address or a licence that nobody stated", () => {
  const { protocol, plan, ...rest } = publicationFixture;
  const file = cff({ ...rest, plan: { hash: plan.hash } });
  for (const key of ["date-released", "url", "license", "license-url"]) expect(file).not.toHaveProperty(key);
  expect(file["preferred-citation"]).not.toHaveProperty("year");
});

test("gives a licence by its SPDX name or by its address, as the study text has it", () => {
  const { protocol } = publicationFixture;
  if (protocol === undefined) throw new Error("the fixture holds its study text");
  const licensed = (licence: string) => cff({ ...publicationFixture, protocol: { ...protocol, licence } });
  expect(licensed("CC-BY-4.0").license).toBe("CC-BY-4.0");
  expect(licensed("https://example.org/terms")["license-url"]).toBe("https://example.org/terms");
});

test("keeps quotes, colons and lines of a study's own words as one text", () => {
  const question = 'Is it "so": yes?\n- no # really';
  const file = cff({ ...publicationFixture, study: { ...publicationFixture.study, question } });
  expect((file["preferred-citation"] as { title: string }).title).toBe(question);
});

test("puts the address into the BibTeX entry, which stays one entry", () => {
  const text = citationBibtex(publicationFixture, published);
  expect(text).toContain(`url = {${published.address}}`);
  expect(text.match(/^@/gm)).toHaveLength(1);
  expect(text.split("{").length).toBe(text.split("}").length);
  expect(citationBibtex(publicationFixture)).toBe(publicationFixture.citation.bibtex);
});
