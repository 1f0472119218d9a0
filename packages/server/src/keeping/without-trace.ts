import { rmSync } from "node:fs";

/** Does some work with a temporary file or folder that is gone afterwards, also when Ctrl-C ends the process meanwhile. */
export async function withoutTrace<T>(path: string, work: () => Promise<T>): Promise<T> {
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    return await work();
  } finally {
    process.off("exit", remove);
    remove();
  }
}
