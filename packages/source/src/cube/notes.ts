import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, relative, resolve } from "node:path";
import type { ColumnFacts } from "@longwave/stats/from-sums";
import { z } from "zod";
import { SourceError } from "../errors.ts";
import { columnFacts, count, names } from "../sums-file/plan-shape.ts";
import type { ParquetFooter } from "./footer.ts";

const FORMAT = "longwave.cube/1";

/** The key of a Parquet file's metadata under which a cube says what it is. */
export const NOTES_KEY = "longwave.cube";

/** The column of a cube with a bit for each wave at which a person has a row. */
export const MASK = "longwave_waves";

/** A file as it was when a cube was made from it. */
interface MadeFrom {
  /** From the folder of the cube. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly sha256: string;
}

/** A column that long data would have, besides person and wave. */
interface NotedColumn {
  readonly name: string;
  readonly kind: "number" | "text" | "date";
  readonly missing: number;
  /** The column at each wave; absent where people have one value. */
  readonly at?: readonly string[];
  readonly facts: ColumnFacts;
}

/** What a cube says of itself. */
export interface CubeNotes {
  readonly format: typeof FORMAT;
  readonly from: readonly MadeFrom[];
  /** The table of a DuckDB file. */
  readonly table?: string;
  readonly id: string;
  readonly time: string;
  readonly waves: readonly number[];
  readonly people: number;
  readonly rows: number;
  readonly columns: readonly NotedColumn[];
}

const notes: z.ZodType<CubeNotes> = z.strictObject({
  format: z.literal(FORMAT),
  from: z
    .array(
      z.strictObject({ path: z.string(), bytes: count, modifiedMs: count, sha256: z.string().length(64) }),
    )
    .min(1),
  table: z.string().exactOptional(),
  id: z.string(),
  time: z.string(),
  waves: z.array(z.number()).min(1).max(60),
  people: count,
  rows: count,
  columns: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["number", "text", "date"]),
      missing: count,
      at: names.exactOptional(),
      facts: columnFacts,
    }),
  ),
});

/** The notes of a new cube. */
export function cubeNotes(content: Omit<CubeNotes, "format">): CubeNotes {
  return { format: FORMAT, ...content };
}

/**
 * The notes of a Parquet file that is a cube, undefined for any other.
 *
 * @throws SourceError `source.cube` where another version wrote them
 */
export function readNotes({ words }: ParquetFooter, path: string): CubeNotes | undefined {
  const text = words.get(NOTES_KEY);
  if (text === undefined) return undefined;
  const read = notes.safeParse(parseJson(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new SourceError(
    "source.cube",
    `Expected a cube that this version reads (${FORMAT}) in ${path}; found another: ${issue?.path.join(".") || "the whole"}. Make it again with longwave cube.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part as Buffer);
  return hash.digest("hex");
}

/** Files as they are now, as a cube at `cube` notes them. */
export async function describeFiles(files: readonly string[], cube: string): Promise<MadeFrom[]> {
  const described: MadeFrom[] = [];
  for (const file of files) {
    const { size, mtimeMs } = await stat(file);
    const path = relative(dirname(resolve(cube)), resolve(file));
    described.push({ path, bytes: size, modifiedMs: Math.round(mtimeMs), sha256: await hashOf(file) });
  }
  return described;
}

/** How a file differs from what a cube was made from; a file that is not there says nothing. */
async function changeOf({ path, bytes, modifiedMs, sha256 }: MadeFrom, cube: string): Promise<string | null> {
  const file = resolve(dirname(resolve(cube)), path);
  const now = await stat(file).catch(() => undefined);
  if (now === undefined || !now.isFile()) return null;
  if (now.size === bytes && Math.round(now.mtimeMs) === modifiedMs) return null;
  const name = basename(path);
  if (now.size !== bytes) return `${name} with ${now.size} bytes where it had ${bytes}`;
  return (await hashOf(file)) === sha256 ? null : `${name} with other content`;
}

/**
 * Refuses a cube whose data have changed since, where they are at hand.
 *
 * @throws SourceError `source.cube`
 */
export async function checkFresh({ from }: CubeNotes, cube: string): Promise<void> {
  for (const file of from) {
    const change = await changeOf(file, cube);
    if (change === null) continue;
    throw new SourceError(
      "source.cube",
      `Expected the data that ${cube} was made from; found ${change}. Make the cube again with longwave cube, or copy it elsewhere to go on with the data as they were.`,
    );
  }
}
