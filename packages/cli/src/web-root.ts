import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ServerOptions } from "@longwave/server";
import { CliError } from "./errors.ts";

/**
 * The folders of the built web apps, wherever the package @longwave/web is installed.
 *
 * @throws CliError `cli.not-built`
 */
export function findWebRoot(): ServerOptions["webRoot"] {
  const described = createRequire(import.meta.url).resolve("@longwave/web/package.json");
  const dist = join(dirname(described), "dist");
  const root = {
    participant: join(dist, "participant"),
    console: join(dist, "console"),
    public: join(dist, "public"),
    analyse: join(dist, "analyse"),
    fonts: join(dist, "fonts"),
  };
  const absent = [root.participant, root.console, root.analyse].find((folder) => !existsSync(folder));
  if (absent === undefined) return root;
  throw new CliError(
    "cli.not-built",
    `Expected the built web apps; ${absent} is not there. Run "npm run build" in the clone, or "npm start", which builds first.`,
  );
}
