import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MailTransport } from "./transport.ts";
import { lettersBytes, withoutAddresses } from "./transport.ts";

/**
 * The transport of a server that has been told of no mail server: every message becomes a file that a mail program
 * can open. Nothing leaves the machine.
 */
export function folderTransport(folder: string): MailTransport {
  return {
    kind: "folder",
    place: folder,
    async deliver(letter, at) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const name = `${nameAt(at)}-${letter.id}.eml`;
        await writeWhole(join(folder, name), await lettersBytes(letter, at));
        return { kind: "sent" };
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { kind: "unreachable", why: withoutAddresses(`the folder of messages: ${why}`) };
      }
    },
    rest: () => undefined,
    async forget(ids) {
      const names = ids.length === 0 ? [] : await readdir(folder).catch(() => []);
      const theirs = names.filter((name) => ids.some((id) => name.includes(id)));
      await Promise.all(theirs.map((name) => rm(join(folder, name), { force: true })));
    },
    async forgetBefore(time) {
      const names = await readdir(folder).catch(() => []);
      // A name begins with its date, so names stand in the order of time.
      const old = names.filter((name) => /^\d{4}-/.test(name) && name < nameAt(time));
      await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
    },
  };
}

function nameAt(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(":", "-");
}

/** A file is there whole or not at all, whenever the power goes. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const file = await open(`${path}.part`, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}
