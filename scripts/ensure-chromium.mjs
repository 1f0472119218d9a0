import { existsSync } from "node:fs";
import { run, say, stop } from "./run.mjs";

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium: the one named in CHROMIUM_PATH, Playwright's own, one on the machine, or one installed now. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  await installChromium();
  const installed = await findChromium();
  if (installed) return installed;
  return stop(
    "expected a Chromium for the journeys and could neither find nor install one. Install Chromium or Chrome and name it in CHROMIUM_PATH.",
  );
}

async function findChromium() {
  const { chromium } = await import("playwright-core");
  return [process.env.CHROMIUM_PATH, chromium.executablePath(), ...usual].find(
    (path) => path && existsSync(path),
  );
}

async function installChromium() {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("installing Debian's chromium for the journeys …");
    await run("apt-get", ["update", "-qq"], { quiet: true });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      quiet: true,
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
    return;
  }
  say("fetching Playwright's Chromium for the journeys …");
  await run("npx", ["--no-install", "playwright-core", "install", "chromium"], { quiet: false });
}
