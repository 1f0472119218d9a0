import { readFile } from "node:fs/promises";
import { encodeJson } from "@longwave/stats";
import {
  checkPanelSums,
  checkWideSums,
  type FlooredSums,
  type FlooredWide,
  type LostToFloor,
  type PanelSums,
  type WideSums,
} from "@longwave/stats/from-sums";
import { z } from "zod";
import { SourceError } from "../errors.ts";
import { columnFacts, count, names, planShape } from "./plan-shape.ts";
import { isSigned, type SumsSignature, signText } from "./signature.ts";

/** What every file of sums says. */
interface Kept {
  /** No group of people in the file is smaller. */
  readonly floor: number;
  readonly lost: LostToFloor;
  /** The key it was signed with, checked; null without a signature. */
  readonly signedBy: string | null;
}

/** Sums as they leave the house: of a formula or of series, the floor they keep, and what it cost. */
export type SumsFile =
  | (Kept & { readonly kind: "panel"; readonly sums: PanelSums })
  | (Kept & { readonly kind: "wide"; readonly sums: WideSums });

const FORMAT = "longwave.sums/1";

const common = {
  format: z.literal(FORMAT),
  floor: z.int().min(1),
  lost: z.strictObject({ patterns: count, people: count, rows: count }),
  rows: z.strictObject({ read: count, used: count, droppedMissing: count }),
  signature: z.strictObject({ publicKey: z.string(), value: z.string() }).exactOptional(),
};

const panelFile = z.strictObject({
  ...common,
  plan: planShape,
  patterns: z.array(z.strictObject({ waves: z.array(count), people: count, products: z.array(z.number()) })),
});

const columnList = z.union([z.string(), z.array(z.string()).max(60)]);

const widePlan = z.strictObject({
  version: z.literal(1),
  request: z.strictObject({
    series: z.array(columnList).min(1).max(40),
    id: z.string().exactOptional(),
    time: z.string().exactOptional(),
    group: z.string().exactOptional(),
    covariates: names.exactOptional(),
  }),
  waves: z.array(z.number()).max(60),
  groups: names,
  columns: z.record(z.string(), columnFacts),
  variables: z
    .array(
      z.union([
        z.strictObject({
          kind: z.literal("answer"),
          series: count,
          wave: count,
          column: z.string(),
          shift: z.number(),
        }),
        z.strictObject({
          kind: z.literal("covariate"),
          name: z.string(),
          parts: z.array(z.strictObject({ column: z.string(), level: z.string().nullable() })).min(1),
          shift: z.number(),
        }),
      ]),
    )
    .max(200),
});

const wideFile = z.strictObject({
  ...common,
  plan: widePlan,
  patterns: z.array(
    z.strictObject({
      group: z.int().min(-1),
      observed: z.array(count),
      people: count,
      sum: z.array(z.number()),
      products: z.array(z.number()),
    }),
  ),
});

/**
 * The text of a file of sums: JSON that a person can read, the same for the same sums.
 *
 * @param privateKeyPem  signs the file: then it says who made it, and a change is found.
 * @throws SourceError `source.sums-signature`
 */
export function sumsFileText(
  { sums, lost }: FlooredSums | FlooredWide,
  floor: number,
  privateKeyPem?: string,
): string {
  const { plan: own, rows, patterns } = sums;
  const content = { format: FORMAT, floor, lost, plan: own, rows, patterns };
  if (privateKeyPem === undefined) return `${encodeJson(content)}\n`;
  return `${encodeJson({ ...content, signature: signText(encodeJson(content), privateKeyPem) })}\n`;
}

/**
 * Reads a file of sums.
 *
 * @throws SourceError `source.no-file`, `source.sums-file`, `source.sums-signature`; StatsError `sums.different-shape`
 */
export async function readSumsFile(path: string): Promise<SumsFile> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new SourceError(
      "source.no-file",
      `Expected a file of sums at ${path}; there is none that can be read. Check the path.`,
    );
  });
  const value = parseJson(text, path);
  const read = isWideFile(value) ? readWide(value, path) : readPanel(value, path);
  checkSignature(value, path);
  return read;
}

function readPanel(value: unknown, path: string): SumsFile {
  const { plan: own, rows, patterns, floor, lost, signature } = parsed(panelFile, value, path);
  const places = own.atoms.length;
  const inPlace = own.cells.every(
    ({ atoms, wave }) => atoms.every((a) => a < places) && (wave ?? 0) < own.waves.length,
  );
  const inWaves = patterns.every(({ waves }) => waves.every((wave) => wave < own.waves.length));
  if (!inPlace || !inWaves) throw notSums(path, "cells or waves that its plan does not name");
  return {
    kind: "panel",
    sums: checkPanelSums({ plan: own, rows, patterns }),
    ...{ floor, lost, signedBy: signature?.publicKey ?? null },
  };
}

function readWide(value: unknown, path: string): SumsFile {
  const { plan: own, rows, patterns, floor, lost, signature } = parsed(wideFile, value, path);
  const inPlace = own.variables.every(
    (variable) =>
      variable.kind === "covariate" ||
      (variable.series < own.request.series.length && variable.wave < own.waves.length),
  );
  if (!inPlace) throw notSums(path, "series or waves that its plan does not name");
  return {
    kind: "wide",
    sums: checkWideSums({ plan: own, rows, patterns }),
    ...{ floor, lost, signedBy: signature?.publicKey ?? null },
  };
}

/** The signature is of the text without it, keys in the same order. */
function checkSignature(value: unknown, path: string): void {
  if (typeof value !== "object" || value === null || !("signature" in value)) return;
  const { signature, ...content } = value;
  if (isSigned(encodeJson(content), signature as SumsSignature)) return;
  throw new SourceError(
    "source.sums-signature",
    `Expected ${path} as it was signed; found that it was changed, or signed with another key. Ask the site for the file again.`,
  );
}

/** Sums of series say what was asked as a request, where those of a formula have the formula. */
function isWideFile(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("plan" in value)) return false;
  return typeof value.plan === "object" && value.plan !== null && "request" in value.plan;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notSums(path, "text that is not JSON");
  }
}

function parsed<Shape>(shape: z.ZodType<Shape>, value: unknown, path: string): Shape {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw notSums(path, `${first?.path.join(".") || "the whole"}: ${first?.message ?? "another shape"}`);
}

function notSums(path: string, found: string): SourceError {
  return new SourceError(
    "source.sums-file",
    `Expected a file that "longwave sums" wrote (${FORMAT}) at ${path}; found ${found}. Ask the site for the file again, or make it with this version.`,
  );
}
