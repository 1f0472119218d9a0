import { spawn } from "node:child_process";
import { StoreError } from "../errors.ts";

/**
 * Runs a program of the system to its end.
 *
 * @throws StoreError `backup.no-tool` when it is not installed, `backup.failed` with its first complaint.
 */
export function runTool(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: ["ignore", "ignore", "pipe"], env });
    let complaint = "";
    child.stderr.on("data", (part) => (complaint += String(part)));
    child.on("error", () =>
      reject(
        new StoreError(
          "backup.no-tool",
          `expected the program ${program} on this machine; found none. Install it (Debian: ${packageOf(program)}) and try again.`,
        ),
      ),
    );
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(failed(program, complaint));
    });
  });
}

function packageOf(program: string): string {
  return program === "pg_dump" ? "postgresql-client" : program;
}

function failed(program: string, complaint: string): StoreError {
  const [first = "no reason"] = complaint.trim().split("\n");
  return new StoreError(
    "backup.failed",
    `expected ${program} to finish; it said: ${first.replace(/\/\/([^:@/\s]*):[^\s]*@/g, "//$1:…@")}. Mend that and try again.`,
  );
}
