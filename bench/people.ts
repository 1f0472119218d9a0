// How long the list of people and the page Today take with 6,419 people: npx tsx bench/people.ts (see README.md).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { masterKeyBeside, openStore } from "../packages/server/src/store/open.ts";
import { addDemonstration, openWorld } from "../packages/server/src/testing/world.ts";

const PEOPLE = 6419;
const STUDY = "exercise-and-pain";
const DAY_MS = 86_400_000;
const ROUNDS = 15;
// Half a year before the demonstration was made, wave 3 and 4 were open.
const AGO_MS = 200 * DAY_MS;

const dataDir = mkdtempSync(join(tmpdir(), "longwave-bench-"));
const at = Date.UTC(2026, 2, 2, 10);
await addDemonstration({ dataDir }, PEOPLE, at);
const store = await openStore({ dataDir }, at);
await store.db.updateTable("study").set({ phase: "running" }).where("id", "=", STUDY).execute();
const member = { study: STUDY, email: "bench@example.org", role: "owner", site: null };
await store.db
  .insertInto("membership")
  .values({ ...member, added_by: "bench", added_at: at })
  .execute();
const world = await openWorld({ dataDir, demonstration: null });
const staff = await world.staff(member.email);
world.clock.now = at - AGO_MS;

const raw = async (): Promise<unknown> =>
  store.db.selectFrom("person").selectAll().where("study", "=", STUDY).orderBy("number").limit(50).execute();
const path = `/api/studies/${STUDY}`;
const measured: readonly (readonly [string, () => Promise<unknown>])[] = [
  ["raw query: 50 rows of the table", raw],
  ["first page of everyone", () => staff.get(`${path}/people`)],
  ["page 60 of everyone", () => staff.get(`${path}/people?after=3000`)],
  ["those who are due", () => staff.get(`${path}/people?state=open`)],
  ["found by name (opens every name)", () => staff.get(`${path}/people?search=person+12`)],
  ["today", () => staff.get(`${path}/today`)],
];
console.log(
  `${PEOPLE} people, ${ROUNDS} rounds, ms: first, median, fastest; processor time of the median round`,
);
console.log("(a busy machine makes every wall clock longer; the processor time counts what the server did)");
for (const [name, act] of measured) {
  const rounds: { readonly wall: number; readonly cpu: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [from, before] = [performance.now(), process.cpuUsage()];
    await act();
    const { user, system } = process.cpuUsage(before);
    rounds.push({ wall: performance.now() - from, cpu: (user + system) / 1000 });
  }
  const first = rounds[0]?.wall ?? Number.NaN;
  const sorted = [...rounds].sort((a, b) => a.wall - b.wall);
  const median = sorted[Math.floor(ROUNDS / 2)];
  const columns = [first, median?.wall, sorted[0]?.wall, median?.cpu];
  console.log(`${name.padEnd(34)}${columns.map((ms = Number.NaN) => ms.toFixed(1).padStart(9)).join("")}`);
}
await world.close();
await store.close();
rmSync(dataDir, { recursive: true, force: true });
rmSync(masterKeyBeside(dataDir), { force: true });
