import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundlePackages } from "./bundle.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root, run, say, stop } from "./run.mjs";

const marker = join(root, ".cache", "built");

/** Compiles the packages and bundles the three web apps, when a source file has changed since the last time. */
export async function ensureBuilt() {
  const wanted = sourceFingerprint();
  if (
    existsSync(marker) &&
    readFileSync(marker, "utf8") === wanted &&
    existsSync(join(root, "packages/cli/dist/main.js"))
  )
    return;
  say("building …");
  await step("compiling the packages", "node_modules/.bin/tsc", ["-b"]);
  await bundlePackages();
  await step("bundling the web apps", process.execPath, ["packages/web/build.mjs"]);
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(marker, wanted);
}

async function step(what, command, args) {
  const { code, output } = await run(command, args, { quiet: true });
  if (code === 0) return;
  process.stderr.write(output);
  stop(`${what} failed; the messages are above.`);
}

/** Names, sizes and times of every source file: cheap to take and different after any edit. */
function sourceFingerprint() {
  const hash = createHash("sha256");
  for (const file of sourceFiles()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest("hex");
}

function sourceFiles() {
  const files = [join(root, "package-lock.json"), join(root, "tsconfig.base.json")];
  for (const name of readdirSync(join(root, "packages")).sort()) {
    const folder = join(root, "packages", name);
    files.push(...filesUnder(join(folder, "src")));
    for (const file of ["package.json", "tsconfig.json", "build.mjs"]) {
      if (existsSync(join(folder, file))) files.push(join(folder, file));
    }
  }
  return files;
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureInstalled();
  await ensureBuilt();
}
