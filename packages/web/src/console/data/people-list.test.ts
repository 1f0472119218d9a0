import { describe, expect, test } from "vitest";
import { addressOf, routeOf } from "../router.ts";
import { bucketDays } from "./days.ts";
import { csvFile, previewPeople } from "./people-list.ts";

describe("the preview of a pasted list", () => {
  test("reads commas, semicolons, tabs and quotes, and skips a header and empty lines", () => {
    const lines = previewPeople(
      'Name;E-mail\n\nKari Example;kari@example.org\n"Example, Ola",ola@example.org\nLiv\tliv@example.org\nPerson without address',
    );
    expect(lines.map(({ line, name, email }) => [line, name, email])).toEqual([
      [3, "Kari Example", "kari@example.org"],
      [4, "Example, Ola", "ola@example.org"],
      [5, "Liv", "liv@example.org"],
      [6, "Person without address", ""],
    ]);
  });

  test("points at unfinished addresses, at one given twice and at a line with nobody on it", () => {
    const doubts = previewPeople("a@example\nb@example.org\nB@example.org\n;;;").map(({ doubt }) => doubt);
    expect(doubts).toEqual(["email", undefined, "twice", "nobody"]);
  });
});

describe("the file of links", () => {
  test("quotes what needs it, and no cell can be taken for a formula", () => {
    expect(csvFile(["name", "link"], [['=1+1,"x"', "http://a"]])).toBe(
      'name,link\r\n"\'=1+1,""x""",http://a\r\n',
    );
  });
});

describe("days", () => {
  const keys = ["invited", "consented", "answered"] as const;
  const day = (date: string) => ({ day: date, invited: 1, consented: 2, answered: 3 });
  test("empty days between the first and the last are drawn too", () => {
    const { by, buckets } = bucketDays([day("2026-03-03"), day("2026-03-01")], keys);
    expect(by).toBe("day");
    expect(buckets.map(({ from, counts }) => [from, counts.answered])).toEqual([
      ["2026-03-01", 3],
      ["2026-03-02", 0],
      ["2026-03-03", 3],
    ]);
  });
  test("a long time is drawn week by week and loses nobody", () => {
    const days = Array.from({ length: 100 }, (_, index) =>
      day(new Date(index * 86_400_000).toISOString().slice(0, 10)),
    );
    const { by, buckets } = bucketDays(days, keys);
    expect([by, buckets.length]).toEqual(["week", 15]);
    expect(buckets.reduce((sum, { counts }) => sum + counts.consented, 0)).toBe(200);
  });
  test("nothing yet is no column", () => {
    expect(bucketDays([], keys).buckets).toEqual([]);
  });
});

describe("addresses of the console", () => {
  test("every page of a study has one that leads back to it", () => {
    for (const page of ["overview", "people", "add", "analysis", "lock", "publish"] as const)
      expect(routeOf(addressOf("a study", page))).toEqual({ kind: "study", study: "a study", page });
  });
  test("a sign-in link carries its token; what is not known is said to be so", () => {
    expect(routeOf("#sign-in=abc")).toEqual({ kind: "sign_in", token: "abc" });
    expect(routeOf("")).toEqual({ kind: "studies" });
    expect(routeOf("#/studies/x/nothing")).toEqual({ kind: "unknown" });
    expect(routeOf("#/new")).toEqual({ kind: "new_study" });
  });
});
