import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/memory-io.ts";
import { writeFileWhole, writeFolderWhole } from "./write-files.ts";

const folder = temporaryFolder();
const target = (name: string) => ({ path: join(folder, name), mark: "publication.json" });

test("a file is replaced whole and leaves no temporary file", () => {
  const path = join(folder, "people.csv");
  writeFileWhole(path, "old\n");
  writeFileWhole(path, "new\n");
  expect(readFileSync(path, "utf8")).toBe("new\n");
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});

test("an earlier report is replaced, and nothing of it stays", () => {
  writeFolderWhole(target("report"), { "publication.json": "1", "tables/a.csv": "a" });
  writeFolderWhole(target("report"), { "publication.json": "2", "tables/b.csv": "b" });
  expect(readFileSync(join(folder, "report/publication.json"), "utf8")).toBe("2");
  expect(readdirSync(join(folder, "report/tables"))).toEqual(["b.csv"]);
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});

test("an empty folder is used, and folders on the way are made", () => {
  mkdirSync(join(folder, "empty"));
  writeFolderWhole(target("empty"), { "publication.json": "1" });
  writeFolderWhole(target("deep/down/here"), { "publication.json": "1" });
  expect(readdirSync(join(folder, "empty"))).toEqual(["publication.json"]);
  expect(readdirSync(join(folder, "deep/down/here"))).toEqual(["publication.json"]);
});

test("a folder with other files is refused and left as it is", () => {
  mkdirSync(join(folder, "mine"));
  writeFileSync(join(folder, "mine/notes.txt"), "mine");
  expect(() => writeFolderWhole(target("mine"), { "publication.json": "1" })).toThrow("holds other files");
  expect(readdirSync(join(folder, "mine"))).toEqual(["notes.txt"]);
});

test("a place that cannot be written is refused without leaving anything", () => {
  writeFileSync(join(folder, "file"), "");
  const inside = { path: join(folder, "file/report"), mark: "publication.json" };
  expect(() => writeFolderWhole(inside, { "publication.json": "1" })).toThrow("the system refused");
  expect(() => writeFileWhole(join(folder, "no/folder.csv"), "")).toThrow("the system refused");
});
