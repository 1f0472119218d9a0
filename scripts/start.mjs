// npm start: everything from a fresh clone to a page, and nothing twice.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root } from "./run.mjs";

await ensureInstalled();
await ensureBuilt();
const server = spawn(
  process.execPath,
  [join(root, "packages/cli/bin/longwave.js"), "serve", ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
  },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.on("close", (code) => process.exit(code ?? 0));
