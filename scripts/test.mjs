// npm test: checks, then unit, property, storage and HTTP tests, then journeys in a real browser. One closing line.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureChromium } from "./ensure-chromium.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, run, say } from "./run.mjs";

const suites = [
  { name: "unit, property, storage and HTTP tests", config: "vitest.config.ts", report: "tests.json" },
  { name: "journeys in Chromium", config: "e2e/vitest.config.ts", report: "journeys.json" },
];

await ensureInstalled();
await ensureBuilt();
const chromium = await ensureChromium();
const { startPostgres } = await import("../packages/server/testing/postgres.mjs");
const postgres = await startPostgres();
const totals = { passed: 0, failed: 0 };
try {
  await runCheck();
  for (const suite of suites) await runSuite(suite);
} finally {
  await postgres.stop();
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed === 0 ? 0 : 1);

async function runCheck() {
  say("checking types, style, floors and dead code …");
  const { code } = await run(process.execPath, ["scripts/check.mjs"]);
  count({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
}

async function runSuite({ name, config, report }) {
  say(`running ${name} …`);
  const file = join(root, ".cache", report);
  mkdirSync(join(root, ".cache"), { recursive: true });
  rmSync(file, { force: true });
  const { code } = await run(
    "node_modules/.bin/vitest",
    ["run", "--config", config, "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`],
    {
      env: {
        LONGWAVE_TEST_DATABASE_URL: postgres.url,
        CHROMIUM_PATH: chromium,
        ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
      },
    },
  );
  count(readTotals(file, code));
}

/** A suite that could not even start, or failed outside a test, counts as one failure: never as none. */
function readTotals(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8"));
  const failed = code !== 0 && numFailedTests === 0 ? 1 : numFailedTests;
  return { passed: numPassedTests, failed };
}

function count({ passed, failed }) {
  totals.passed += passed;
  totals.failed += failed;
}
