import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPastedList } from "./paste.ts";

const nobody = new Set<string>();
const read = (text: string) => readPastedList(text, nobody);
const people = (text: string) => read(text).people.map(({ name, email }) => ({ name, email }));

describe("a pasted list of people", () => {
  test.each([
    ["Kari,kari@example.org", { name: "Kari", email: "kari@example.org" }],
    ["kari@example.org;Kari", { name: "Kari", email: "kari@example.org" }],
    ["Kari\tkari@example.org", { name: "Kari", email: "kari@example.org" }],
    ["Kari Nordmann <kari@example.org>", { name: "Kari Nordmann", email: "kari@example.org" }],
    ['"Nordmann, Kari",kari@example.org', { name: "Nordmann, Kari", email: "kari@example.org" }],
    ['"Nordmann, Kari" <kari@example.org>', { name: "Nordmann, Kari", email: "kari@example.org" }],
    ['"Kari ""K"" Nordmann",kari@example.org', { name: 'Kari "K" Nordmann', email: "kari@example.org" }],
    ["Ka\u0000ri\u001b,kari@example.org", { name: "Kari", email: "kari@example.org" }],
    ["kari@example.org", { name: undefined, email: "kari@example.org" }],
    ["Kari", { name: "Kari", email: undefined }],
  ])("reads %s", (line, person) => {
    expect(people(line)).toEqual([person]);
  });

  test("leaves out a header in English or Norwegian, whatever its order", () => {
    expect(people("E-post;Navn\nkari@example.org;Kari")).toHaveLength(1);
    expect(people("Name,E-mail\r\nKari,kari@example.org\r\n")).toHaveLength(1);
  });

  test.each([
    ["Kari, Nordmann, kari@example.org", /one name and one e-mail address/],
    ["a@example.org, b@example.org", /one name and one e-mail address/],
    ["Kari, kari@example", /an e-mail address such as/],
    ['"Kari, kari@example.org', /closing quotation mark/],
    ["x".repeat(501), /at most 500 characters/],
    [`${'"'.repeat(1_000_000)}`, /at most 500 characters/],
    [" , ", /one name and one e-mail address/],
  ])("reports %s with its line number and what was expected", (line, expected) => {
    const { people: read_, problems } = read(`Ola, ola@example.org\n${line}`);
    expect(read_).toHaveLength(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBe(2);
    expect(problems[0]?.expected).toMatch(expected);
    expect(problems[0]?.remedy).not.toBe("");
  });

  test("takes every address once, whatever its case, and none that the study has", () => {
    const { people: read_, problems } = readPastedList(
      "a@example.org\nA@EXAMPLE.ORG\nb@example.org",
      new Set(["b@example.org"]),
    );
    expect(read_).toHaveLength(1);
    expect(problems.map(({ line }) => line)).toEqual([2, 3]);
  });

  test("accounts for every line that is not empty, whatever is pasted", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 })), (lines) => {
        const text = ["first@example.org", ...lines.map((line) => line.replace(/[\r\n]/g, " "))].join("\n");
        const { people: found, problems } = read(text);
        const filled = text.split("\n").filter((line) => line.trim() !== "").length;
        expect(found.length + problems.length).toBe(filled);
      }),
    );
  });
});
