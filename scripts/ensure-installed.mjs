import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, say, stop } from "./run.mjs";

const marker = join(root, "node_modules", ".longwave-installed");

/** Installs exactly what the lock file says, when it is not there yet or the lock file has changed. */
export async function ensureInstalled() {
  checkNodeVersion();
  const wanted = lockFingerprint();
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  say(
    "installing the packages in package-lock.json (about a minute; the SQLite driver is compiled where no ready-made one can be had) …",
  );
  // Not `npm ci`: it refuses a lock file without the optional binaries of platforms the registry at hand does not carry.
  const { code, output } = await run(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
    { quiet: true },
  );
  if (code !== 0) explainFailure(output);
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(marker, wanted);
}

function checkNodeVersion() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `expected Node 20.19 or newer, found ${process.versions.node}. Install a newer Node (https://nodejs.org) and run the command again.`,
  );
}

function lockFingerprint() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return createHash("sha256").update(lock).update(process.versions.modules).digest("hex");
}

function explainFailure(output) {
  process.stderr.write(output);
  if (/better-sqlite3|node-gyp|gyp ERR/.test(output)) {
    stop(
      "the SQLite driver could not be built. On Debian or Ubuntu: apt-get install python3 make g++ — then run the command again.",
    );
  }
  stop("the packages could not be installed; npm's own words are above. Nothing was started.");
}
