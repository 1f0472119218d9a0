import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { StoreError } from "../errors.ts";
import { KEY_DATABASE } from "../store/open.ts";
import { parseJson } from "../store/parse.ts";
import { copyDatabase, pack } from "./copy.ts";
import { temporaryBeside } from "./left-overs.ts";
import { runTool } from "./tool.ts";
import { withoutTrace } from "./without-trace.ts";

/** Name of the master key in a file of keys; in a store it lies outside the folder. */
const MASTER_KEY = "master.key";
/** Says when a file of keys was made. */
const KEYS_MANIFEST = "keys.json";

const isKeyFile = (name: string): boolean => name.endsWith(".key");

/** Writes the keys of people, the master key, and the keys of links and sign-ins into one file. */
export async function packKeys(
  out: string,
  from: { readonly dataDir: string; readonly masterKeyFile: string },
  madeAt: number,
): Promise<void> {
  const folder = mkdtempSync(temporaryBeside(out));
  await withoutTrace(folder, async () => {
    writeFileSync(join(folder, KEYS_MANIFEST), `${JSON.stringify({ schema: "longwave.keys/1", madeAt })}\n`);
    copyKeys(from, folder);
    await pack(folder, readdirSync(folder), out);
  });
}

function copyKeys(from: { readonly dataDir: string; readonly masterKeyFile: string }, folder: string): void {
  for (const name of readdirSync(from.dataDir).filter(isKeyFile))
    copyFileSync(join(from.dataDir, name), join(folder, name));
  if (existsSync(from.masterKeyFile)) copyFileSync(from.masterKeyFile, join(folder, MASTER_KEY));
  const database = join(from.dataDir, KEY_DATABASE);
  if (existsSync(database)) copyDatabase(database, join(folder, KEY_DATABASE));
}

/** Keys brought into a folder: when they were current, and the master key beside them, which is not to stay there. */
export interface BroughtKeys {
  /** ms UTC; nothing for those of a folder, which are current. */
  readonly madeAt: number | undefined;
  readonly masterKey: Buffer | undefined;
}

/**
 * Brings keys into a folder: from a file of keys, or else from the folder that is replaced.
 *
 * @throws StoreError `backup.no-tool`, `backup.failed`, `backup.damaged`
 */
export async function bringKeys(
  folder: string,
  from: {
    readonly keys: string | undefined;
    readonly replaced: { readonly dataDir: string; readonly masterKeyFile: string } | undefined;
  },
): Promise<BroughtKeys> {
  const part = mkdtempSync(join(folder, ".keys-"));
  try {
    if (from.keys !== undefined) await runTool("tar", ["-xzf", from.keys, "-C", part]);
    else if (from.replaced !== undefined) copyKeys(from.replaced, part);
    const madeAt = from.keys === undefined ? undefined : madeAtIn(join(part, KEYS_MANIFEST));
    const path = join(part, MASTER_KEY);
    const masterKey = existsSync(path) ? readFileSync(path) : undefined;
    rmSync(path, { force: true });
    for (const name of readdirSync(part))
      if (isKeyFile(name) || name === KEY_DATABASE) renameSync(join(part, name), join(folder, name));
    return { madeAt, masterKey };
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** A file of before there were keys of people does not say when it was made: it holds none. */
function madeAtIn(path: string): number {
  if (!existsSync(path)) return 0;
  const manifest = parseJson(readFileSync(path, "utf8"));
  if (typeof manifest === "object" && manifest !== null && "madeAt" in manifest) {
    if (typeof manifest.madeAt === "number") return manifest.madeAt;
  }
  throw new StoreError(
    "backup.damaged",
    "expected the file of keys to say when it was made; it does not. Use another one.",
  );
}
