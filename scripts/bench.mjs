// npm run bench: every file in bench/ prints its ratio to the reference it beats, from the same run.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, run, say } from "./run.mjs";

await ensureInstalled();
await ensureBuilt();
const wanted = process.argv[2];
for (const file of readdirSync(join(root, "bench"))
  .filter((name) => name.endsWith(".ts"))
  .sort()) {
  if (wanted && !file.includes(wanted)) continue;
  say(`bench/${file}`);
  const { code } = await run("node_modules/.bin/tsx", [`bench/${file}`]);
  if (code !== 0) process.exitCode = code;
}
