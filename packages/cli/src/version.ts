import { readFileSync } from "node:fs";

/** Longwave's version, from the package this file belongs to. */
export function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const described: unknown = JSON.parse(text);
  const found =
    typeof described === "object" && described !== null && "version" in described ? described.version : "";
  return String(found);
}
