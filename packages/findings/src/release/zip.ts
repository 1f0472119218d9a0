import { strToU8, type Zippable, zipSync } from "fflate";

/**
 * Files as one zip, in one folder. The same files give the same bytes, on any day and in any time zone.
 *
 * @param folder  what the files lie in once unpacked.
 */
export function zipped(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const name of Object.keys(files).sort()) {
    const content = files[name] ?? "";
    entries[`${folder}/${name}`] = typeof content === "string" ? strToU8(content) : content;
  }
  // A zip holds local times: made of local parts, this is the first moment that the format knows, everywhere.
  return zipSync(entries, { level: 6, mtime: new Date(1980, 0, 1) });
}
