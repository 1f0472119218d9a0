// Builds the apps into dist/{participant,console,analyse,public}, the preview into the console's folder, and copies the fonts: `node packages/web/build.mjs`.
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
// biome-ignore lint/correctness/noUndeclaredDependencies: a tool of the house, declared once at its root
import { build } from "vite";
import { checkParticipantBundle } from "./build/check-participant.mjs";
import { appConfig, publicConfig } from "./build/config.mjs";

const here = dirname(fileURLToPath(import.meta.url));

async function buildAll() {
  await build(await appConfig({ here, app: "participant", base: "/p/" }));
  await build(await appConfig({ here, app: "console", base: "/console/" }));
  await build(await appConfig({ here, app: "preview", base: "/console/preview/", out: "console/preview" }));
  await build(await appConfig({ here, app: "analyse", base: "/analyse/" }));
  if (existsSync(join(here, "src/public/main.ts"))) await build(await publicConfig({ here }));
  for (const app of ["analyse", "participant"]) {
    cpSync(join(here, "src/offline/worker.js"), join(here, "dist", app, "offline.js"));
  }
  for (const name of ["manifest.webmanifest", "icon.svg"]) {
    cpSync(join(here, "src/participant", name), join(here, "dist/participant", name));
  }
  copyFonts();
  return checkParticipantBundle(join(here, "dist/participant"));
}

function copyFonts() {
  const from = join(here, "src/styles/fonts");
  if (!existsSync(from)) return;
  const to = join(here, "dist/fonts");
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
}

const verdict = await buildAll();
process.stdout.write(`${verdict.sentence}\n`);
for (const problem of verdict.problems) process.stderr.write(`${problem}\n`);
process.exitCode = verdict.problems.length === 0 ? 0 : 1;
