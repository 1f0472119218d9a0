import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const inUse = new Set<string>();

function removeAll(): void {
  for (const path of inUse) rmSync(path, { recursive: true, force: true });
}

/**
 * A folder for what a database cannot hold in memory, not yet made: DuckDB makes it when it first has to, and by default
 * where the user is. `remove` is called at the end; the end of the process does the same.
 */
export function spillFolder(): { readonly path: string; remove(): void } {
  const path = join(tmpdir(), `longwave-${process.pid}-${crypto.randomUUID()}`);
  if (inUse.size === 0) process.once("exit", removeAll);
  inUse.add(path);
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true });
      inUse.delete(path);
      if (inUse.size === 0) process.off("exit", removeAll);
    },
  };
}
