import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { longwave, temporaryFolder } from "./testing/memory-io.ts";

const folder = temporaryFolder();
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

write("good.csv", "id,week,pain,sex\n1,0,4,f\n1,1,3,f\n2,0,6,m\n2,1,4,m\n3,0,5,f\n3,1,5,f\n");
write("empty.csv", "");
write("header.csv", "id,week,pain\n");
write("single.csv", "id,pain,week\n1,2,0\n2,4,1\n3,3,2\n4,6,3\n");
write("ragged.csv", "id,pain\n1,2\n2,3,4\n");
write("protocol.yaml", "schema: longwave.protocol/1\nid: small\nwavse: []\n");
mkdirSync(join(folder, "other"));
write("other/notes.txt", "mine");

const MODEL = "pain ~ week + (1 | id)";

/** Each line: what is wrong, what was typed, what the sentence says. */
const cases: readonly [string, readonly string[], RegExp][] = [
  ["no file", ["fit", MODEL, "nowhere.csv"], /there is no file .*nowhere\.csv/],
  ["a folder", ["fit", MODEL, "other"], /is a folder/],
  ["an empty file", ["fit", MODEL, "empty.csv"], /empty\.csv is empty/],
  ["a header and no rows", ["fit", MODEL, "header.csv"], /no rows/],
  ["a ragged line", ["fit", MODEL, "ragged.csv"], /line 3 .* has 3/],
  ["no such column", ["fit", "pian ~ week + (1 | id)", "good.csv"], /Did you mean "pain"\?/],
  ["no such column in --where", ["fit", MODEL, "good.csv", "--where", "wek == 1"], /Did you mean "week"\?/],
  ["text where numbers are needed", ["fit", "sex ~ week + (1 | id)", "good.csv"], /sex.*text|text.*sex/],
  [
    "a formula with a typo",
    ["fit", "pain ~ week + (1 | id", "good.csv"],
    /\n {2}pain ~ week \+ \(1 \| id\n {23}\^/,
  ],
  ["a --where with a typo", ["fit", MODEL, "good.csv", "--where", "week == "], /\^/],
  ["one row per person", ["fit", MODEL, "single.csv"], /one row|two rows|more than one/],
  ["a level in percent", ["fit", MODEL, "good.csv", "--level", "95"], /between 0 and 1.*write 0\.95/],
  [
    "a method that is none",
    ["fit", MODEL, "good.csv", "--method", "mle"],
    /reml or ml; found mle\. Did you mean ml\?/,
  ],
  [
    "an estimator that is none",
    ["fit", MODEL, "good.csv", "--estimator", "anova"],
    /clmm or glmm; found anova\. Write one of these\./,
  ],
  [
    "a random term where there can be none",
    ["fit", MODEL, "good.csv", "--estimator", "gee", "--id", "id"],
    /without \(… \| id\) for --estimator gee.*--id COLUMN/,
  ],
  [
    "a condition that no row meets",
    ["fit", MODEL, "good.csv", "--where", "week > 9"],
    /rows for which week > 9; found none in .*good\.csv/,
  ],
  [
    "a count that is none",
    ["fit", MODEL, "good.csv", "--min-rows", "2.5"],
    /a whole number, 1 or more; found 2\.5/,
  ],
  [
    "an unknown option",
    ["fit", MODEL, "good.csv", "--methd", "ml"],
    /found --methd\. Did you mean --method\?/,
  ],
  ["an option without its value", ["fit", MODEL, "good.csv", "--where"], /a value after --where/],
  ["a switch with a value", ["fit", MODEL, "good.csv", "--json=yes"], /--json alone/],
  ["no file named", ["fit", MODEL], /Expected FILE/],
  ["a formula without quotation marks", ["fit", "pain", "~", "week", "good.csv"], /quotation marks/],
  ["an unknown command", ["fti", MODEL, "good.csv"], /Did you mean "fit"\?/],
  [
    "an unwritable --ranef",
    ["fit", MODEL, "good.csv", "--ranef", "no/such/folder.csv"],
    /to be able to write/,
  ],
  ["a protocol that is not there", ["analyse", "none.yaml", "good.csv", "--out", "r"], /Expected a protocol/],
  [
    "a protocol with a wrong field",
    ["analyse", "protocol.yaml", "good.csv", "--out", "r"],
    /protocol\.yaml:3.*wavse/,
  ],
  ["analyse without --out", ["analyse", "protocol.yaml", "good.csv"], /Expected --out FOLDER/],
  [
    "--out with other files in it",
    ["analyse", "protocol.yaml", "good.csv", "--out", "other"],
    /holds other files/,
  ],
  [
    "--out that is a file",
    ["analyse", "protocol.yaml", "good.csv", "--out", "good.csv"],
    /to be able to write/,
  ],
  [
    "a store that cannot be",
    ["serve", "--no-demo", "--data", "good.csv/store"],
    /to be able to keep the store/,
  ],
  ["sign-in without a store", ["sign-in", "--data", "nothing"], /Expected a store/],
];

test.each(cases)("%s is a clear sentence and exit code 2", async (_, args, sentence) => {
  const { code, stdout, stderr } = await longwave(folder, ...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stderr.startsWith("longwave")).toBe(true);
});

test("help is given for the program and for every command, with examples", async () => {
  const program = await longwave(folder, "--help");
  expect(program.code).toBe(0);
  for (const name of ["fit", "analyse", "simulate", "serve", "sign-in"]) {
    expect(program.stdout).toContain(`  ${name} `);
    const help = await longwave(folder, name, "--help");
    expect([help.code, help.stderr]).toEqual([0, ""]);
    expect(help.stdout).toMatch(/Examples:\n {2}# /);
  }
  expect((await longwave(folder)).stdout).toBe(program.stdout);
  expect((await longwave(folder, "--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
