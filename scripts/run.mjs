import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the house, whatever folder a script was started from. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Runs a command in the root and resolves with its exit code and what it printed.
 * Output goes straight to the terminal unless `quiet` is set.
 */
export function run(command, args, { quiet = false, env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A line to whoever is watching: what is being done now. */
export function say(line) {
  process.stdout.write(`longwave: ${line}\n`);
}

/** Ends the script with a plain sentence instead of a stack trace. */
export function stop(line) {
  process.stderr.write(`longwave: ${line}\n`);
  process.exit(1);
}
