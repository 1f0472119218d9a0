import { createHash } from "node:crypto";
import { createReadStream, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "../errors.ts";
import { parseJson } from "../store/parse.ts";

/** How large a study is: what a restore must not make smaller without asking. */
export interface StudySize {
  readonly id: string;
  readonly people: number;
  readonly answers: number;
  readonly erased: number;
}

/** What a backup holds, each file with its hash. */
export interface BackupManifest {
  readonly schema: "longwave.backup/1";
  /** ms UTC. */
  readonly madeAt: number;
  /** Version of Longwave. */
  readonly software: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly studies: readonly StudySize[];
}

/** Name of the manifest in a backup. */
export const MANIFEST = "manifest.json";

/** Writes the manifest of the files of a folder into it. */
export async function writeManifest(
  folder: string,
  names: readonly string[],
  about: Pick<BackupManifest, "madeAt" | "software" | "studies">,
): Promise<BackupManifest> {
  const files = [];
  for (const name of [...names].sort()) files.push(await described(folder, name));
  const manifest: BackupManifest = { schema: "longwave.backup/1", ...about, files };
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/**
 * The manifest of an unpacked backup, once every file is as it says.
 *
 * @throws StoreError `backup.damaged`
 */
export async function readManifest(folder: string, backup: string): Promise<BackupManifest> {
  const manifest = parsed(folder, backup);
  for (const file of manifest.files) {
    const found = await described(folder, file.name).catch(() => undefined);
    if (found?.sha256 !== file.sha256) {
      throw damaged(backup, `${file.name} as it was written`, found === undefined ? "none" : "other bytes");
    }
  }
  return manifest;
}

function parsed(folder: string, backup: string): BackupManifest {
  try {
    const manifest = parseJson(readFileSync(join(folder, MANIFEST), "utf8")) as BackupManifest;
    if (manifest.schema === "longwave.backup/1" && manifest.files.every(isPlain)) return manifest;
  } catch {
    // Said below: whatever is wrong with it, it is no manifest of ours.
  }
  throw damaged(backup, "a backup made by longwave backup", "a file without its manifest");
}

/** Names lie in the folder itself: a manifest must not lead anywhere else. */
function isPlain({ name }: { readonly name: string }): boolean {
  return /^[\w.-]+$/.test(name) && !name.startsWith(".");
}

function damaged(backup: string, expected: string, found: string): StoreError {
  return new StoreError(
    "backup.damaged",
    `expected ${expected} in ${backup}; found ${found}. Use another backup: this one was cut off or changed.`,
  );
}

async function described(folder: string, name: string) {
  const hash = createHash("sha256");
  const path = join(folder, name);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { name, bytes: statSync(path).size, sha256: hash.digest("hex") };
}
