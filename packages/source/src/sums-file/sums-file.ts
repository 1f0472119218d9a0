import { readFile } from "node:fs/promises";
import {
  checkPanelSums,
  encodeJson,
  type FlooredSums,
  type LostToFloor,
  type PanelSums,
} from "@longwave/stats";
import { z } from "zod";
import { SourceError } from "../errors.ts";

/** A panel's sums as they leave the house: what they are sums of, the floor they keep, and what it cost. */
export interface SumsFile {
  readonly sums: PanelSums;
  /** No group of people in the file is smaller. */
  readonly floor: number;
  readonly lost: LostToFloor;
}

const FORMAT = "longwave.sums/1";

const count = z.int().min(0);
const names = z.array(z.string());

const columnFacts = z.union([
  z.strictObject({
    kind: z.literal("number"),
    shift: z.number(),
    scale: z.number().positive(),
    binary: z.boolean(),
    values: z.array(z.number()).nullable(),
  }),
  z.strictObject({ kind: z.literal("category"), levels: names }),
]);

const atom = z.strictObject({
  column: z.string(),
  role: z.enum(["constant", "varying", "lagged"]),
  code: z.union([
    z.strictObject({ kind: z.literal("number"), shift: z.number(), scale: z.number().positive() }),
    z.strictObject({ kind: z.literal("level"), level: z.string() }),
  ]),
});

const plan = z.strictObject({
  version: z.literal(1),
  formula: z.string(),
  person: z.string(),
  time: z.string(),
  columns: z.record(z.string(), columnFacts),
  varying: names,
  waves: z.array(z.number()).max(20),
  levels: z.record(z.string(), names),
  required: names,
  requiredBefore: names,
  atoms: z.array(atom).max(1000),
  cells: z.array(z.strictObject({ atoms: z.array(count), wave: count.nullable() })).max(1000),
});

const sumsFile = z.strictObject({
  format: z.literal(FORMAT),
  floor: z.int().min(1),
  lost: z.strictObject({ patterns: count, people: count, rows: count }),
  plan,
  rows: z.strictObject({ read: count, used: count, droppedMissing: count }),
  patterns: z.array(z.strictObject({ waves: z.array(count), people: count, products: z.array(z.number()) })),
});

/** The text of a file of sums: JSON that a person can read, the same for the same sums. */
export function sumsFileText({ sums, lost }: FlooredSums, floor: number): string {
  const { plan: own, rows, patterns } = sums;
  return `${encodeJson({ format: FORMAT, floor, lost, plan: own, rows, patterns })}\n`;
}

/**
 * Reads a file of sums.
 *
 * @throws SourceError `source.no-file`, `source.sums-file`; StatsError `sums.different-shape`
 */
export async function readSumsFile(path: string): Promise<SumsFile> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new SourceError(
      "source.no-file",
      `Expected a file of sums at ${path}; there is none that can be read. Check the path.`,
    );
  });
  const { plan: own, rows, patterns, floor, lost } = parseSums(text, path);
  const places = own.atoms.length;
  const inPlace = own.cells.every(
    ({ atoms, wave }) => atoms.every((a) => a < places) && (wave ?? 0) < own.waves.length,
  );
  const inWaves = patterns.every(({ waves }) => waves.every((wave) => wave < own.waves.length));
  if (!inPlace || !inWaves) throw notSums(path, "cells or waves that its plan does not name");
  return { sums: checkPanelSums({ plan: own, rows, patterns }), floor, lost };
}

function parseSums(text: string, path: string): z.infer<typeof sumsFile> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notSums(path, "text that is not JSON");
  }
  const parsed = sumsFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw notSums(path, `${first?.path.join(".") || "the whole"}: ${first?.message ?? "another shape"}`);
}

function notSums(path: string, found: string): SourceError {
  return new SourceError(
    "source.sums-file",
    `Expected a file that "longwave sums" wrote (${FORMAT}) at ${path}; found ${found}. Ask the site for the file again, or make it with this version.`,
  );
}
