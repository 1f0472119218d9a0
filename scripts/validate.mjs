// npm run validate: the engine beside R's numbers and beside the truth of simulations; minutes, not seconds.
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { run } from "./run.mjs";

await ensureInstalled();
await ensureBuilt();
const { code } = await run("node_modules/.bin/tsx", ["validation/validate.ts", ...process.argv.slice(2)]);
process.exitCode = code;
