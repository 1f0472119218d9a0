// npm run validate: the engine beside R's numbers and beside the truth of simulations, then 200 kills of servers; minutes,
// not seconds. With names of parts as arguments: these alone.
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { run, say } from "./run.mjs";

await ensureInstalled();
await ensureBuilt();
const { code } = await run("node_modules/.bin/tsx", ["validation/validate.ts", ...process.argv.slice(2)]);
process.exitCode = code;
if (process.argv.length === 2) {
  say("killing servers 200 times while they take answers, send, bring stores up to date and back up …");
  const killing = await run("node_modules/.bin/vitest", ["run", "killed-"], {
    env: { LONGWAVE_KILLS: "5" },
  });
  process.exitCode ||= killing.code;
}
