import { existsSync } from "node:fs";
import { run, say, stop } from "./run.mjs";

/** Debian's Chromium without a window, which takes a third of the processor time. */
const shell = "/usr/bin/chromium-headless-shell";
const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium: the one named in CHROMIUM_PATH, else Debian's shell, Playwright's own, or one on the machine. */
export async function ensureChromium() {
  const { chromium } = await import("playwright-core");
  const first = (paths) => paths.find((path) => path && existsSync(path));
  const named = first([process.env.CHROMIUM_PATH, shell]);
  if (named) return named;
  if (await installShell()) return shell;
  const found = first([chromium.executablePath(), ...usual]);
  if (found) return found;
  say("fetching Playwright's Chromium for the journeys …");
  await run("npx", ["--no-install", "playwright-core", "install", "chromium"]);
  return (
    first([chromium.executablePath()]) ??
    stop(
      "expected a Chromium for the journeys and could neither find nor install one. Install Chromium or Chrome and name it in CHROMIUM_PATH.",
    )
  );
}

/** Whether Debian's shell could be installed, which only root can. */
async function installShell() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  say("installing Debian's chromium-headless-shell for the journeys …");
  await run("apt-get", ["update", "-qq"], { quiet: true });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell"], {
    quiet: true,
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  return existsSync(shell);
}
