import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CliError } from "../errors.ts";

/** Files of a folder by their path in it. */
export type FolderContent = Readonly<Record<string, string | Uint8Array>>;

/**
 * Writes a file whole: readers see the old one or the new one, never a half; it waits for nothing, so no signal comes
 * between.
 *
 * @throws CliError `cli.not-writable`
 */
export function writeFileWhole(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw notWritable(path, error);
  }
}

/**
 * Writes a folder whole, in place of an earlier one that holds `mark`.
 *
 * @param mark  the file by which an earlier folder of ours is known; any other folder with files is left alone.
 * @throws CliError `cli.folder-in-use`, `cli.not-writable`
 */
export function writeFolderWhole(
  target: { readonly path: string; readonly mark: string },
  content: FolderContent,
): void {
  mustBeReplaceable(target);
  const parent = dirname(target.path);
  let temporary: string | undefined;
  try {
    mkdirSync(parent, { recursive: true });
    temporary = newFolder(parent);
    for (const [name, text] of Object.entries(content)) {
      mkdirSync(dirname(join(temporary, name)), { recursive: true });
      writeFileSync(join(temporary, name), text);
    }
    replaceFolder(temporary, target.path);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    throw notWritable(target.path, error);
  }
}

/**
 * Checks, before any work, that a folder can be written: it is new, empty, or holds `mark`.
 *
 * @throws CliError `cli.folder-in-use`, `cli.not-writable`
 */
export function mustBeReplaceable({ path, mark }: { readonly path: string; readonly mark: string }): void {
  if (!existsSync(path)) return;
  let names: readonly string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    throw notWritable(path, error);
  }
  if (names.length === 0 || names.includes(mark)) return;
  throw new CliError(
    "cli.folder-in-use",
    `Expected a new or empty folder, or an earlier report; ${path} holds other files (${names.slice(0, 3).join(", ")}). Name another folder.`,
  );
}

/** A folder no one else uses, with the permissions any new folder gets (those of `mkdtemp` would shut others out). */
function newFolder(parent: string): string {
  for (let attempt = 0; ; attempt++) {
    const path = join(parent, `.longwave-${process.pid}-${attempt}`);
    if (existsSync(path)) continue;
    mkdirSync(path);
    return path;
  }
}

/** The old folder steps aside before the new one takes its name, and goes away last. */
function replaceFolder(temporary: string, path: string): void {
  if (!existsSync(path)) {
    renameSync(temporary, path);
    return;
  }
  const old = `${temporary}-old`;
  renameSync(path, old);
  renameSync(temporary, path);
  rmSync(old, { recursive: true, force: true });
}

function notWritable(path: string, cause: unknown): CliError {
  const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  return new CliError(
    "cli.not-writable",
    `Expected to be able to write ${path}; the system refused (${reason}). Choose a folder you can write to, with room on its disk.`,
  );
}
