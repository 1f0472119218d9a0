import { beforeAll, expect, test } from "vitest";
import { openFile } from "./file-source.ts";
import { openPostgres } from "./postgres/postgres-source.ts";
import type { Source } from "./source.ts";
import { temporaryDatabase } from "./testing/postgres.ts";
import { temporaryFolder } from "./testing/temporary-files.ts";
import type { Question, Watcher } from "./watch.ts";

const folder = temporaryFolder();
const rows = Array.from(
  { length: 40 },
  (_, at) => `${Math.floor(at / 4)},${at % 4},${(at * 7) % 11},${(at * 5) % 13}`,
);
const file = folder.write("panel.csv", ["id,wave,x,y", ...rows].join("\n"));
let database: Awaited<ReturnType<typeof temporaryDatabase>>;

beforeAll(async () => {
  database = await temporaryDatabase();
  await database.load("panel", file, "id integer, wave integer, x double precision, y double precision");
});

/** Opens a source whose questions are written down, and stops the one that `stopAt` names. */
async function watchedRun(open: (watcher: Watcher) => Promise<Source>, stopAt?: string) {
  const asked: string[] = [];
  let running = 0;
  const watcher: Watcher = {
    begin(question: Question) {
      asked.push(question.doing);
      running += 1;
      if (question.doing === stopAt) question.stop();
      return () => {
        running -= 1;
      };
    },
  };
  const source = await open(watcher);
  const outcome = await source.panel?.sums({ formula: "y ~ x + (1 | id)", time: "wave" }).then(
    ({ patterns }) => patterns.length,
    (error: { code: string }) => error.code,
  );
  const rowsRead = await source.fitData({ columns: ["x"] }).then(
    ({ table }) => table.nrows,
    (error: { code: string }) => error.code,
  );
  await source.close();
  return { asked, running, outcome, rowsRead };
}

const PLACES: readonly [string, (watcher: Watcher) => Promise<Source>][] = [
  ["DuckDB", (watcher) => openFile(file, { watcher })],
  ["PostgreSQL", (watcher) => openPostgres(database.table("panel"), { watcher })],
];

test.each(PLACES)("%s says what it is asked, and that it is done", async (_, open) => {
  const { asked, running, outcome, rowsRead } = await watchedRun(open);
  expect([outcome, rowsRead, running]).toEqual([1, 40, 0]);
  expect(asked).toEqual(expect.arrayContaining(["adding up", "reading the rows", "looking at the columns"]));
});

test.each(PLACES)("%s that is stopped says so, and answers nothing more", async (_, open) => {
  const { outcome, rowsRead, running } = await watchedRun(open, "adding up");
  expect([outcome, rowsRead, running]).toEqual(["source.query-cancelled", "source.query-cancelled", 0]);
});
