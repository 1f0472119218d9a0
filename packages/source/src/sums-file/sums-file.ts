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
import { count, planShape, widePlanShape } from "./plan-shape.ts";
import { checkSignature, notSums, type ReadFile, readJson, shaped } from "./read-json.ts";
import { readScores, SCORES_FORMAT, type ScoresFile, signatureShape } from "./scores-file.ts";
import { digestOf, signed } from "./signature.ts";

/** What every file of sums says. */
interface Kept {
  /** No group of people in the file is smaller. */
  readonly floor: number;
  readonly lost: LostToFloor;
  /** The key it was signed with, checked; null without a signature. */
  readonly signedBy: string | null;
  /** SHA-256 of the file's text, by which a second round says what it belongs to. */
  readonly digest: string;
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
  signature: signatureShape,
};

const panelFile = z.strictObject({
  ...common,
  plan: planShape,
  patterns: z.array(z.strictObject({ waves: z.array(count), people: count, products: z.array(z.number()) })),
});

const wideFile = z.strictObject({
  ...common,
  plan: widePlanShape,
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
  return signed({ format: FORMAT, floor, lost, plan: own, rows, patterns }, privateKeyPem);
}

/**
 * Reads a file that a site sent: sums, or the scores of a second round.
 *
 * @throws SourceError `source.no-file`, `source.sums-file`, `source.sums-signature`; StatsError `sums.different-shape`
 */
export async function readSumsFile(path: string): Promise<SumsFile | ScoresFile> {
  const file = await readJson(path);
  const read = isScoresFile(file) ? readScores(file) : isWideFile(file) ? readWide(file) : readPanel(file);
  checkSignature(file);
  return read;
}

function readPanel(file: ReadFile): SumsFile {
  const { plan: own, rows, patterns, floor, lost, signature } = shaped(file, panelFile);
  const places = own.atoms.length;
  const inPlace = own.cells.every(
    ({ atoms, wave }) => atoms.every((a) => a < places) && (wave ?? 0) < own.waves.length,
  );
  const inWaves = patterns.every(({ waves }) => waves.every((wave) => wave < own.waves.length));
  if (!inPlace || !inWaves) throw notSums(file.path, "cells or waves that its plan does not name");
  return {
    kind: "panel",
    sums: checkPanelSums({ plan: own, rows, patterns }),
    ...{ floor, lost, signedBy: signature?.publicKey ?? null, digest: digestOf(file.text) },
  };
}

function readWide(file: ReadFile): SumsFile {
  const { plan: own, rows, patterns, floor, lost, signature } = shaped(file, wideFile);
  const inPlace = own.variables.every(
    (variable) =>
      variable.kind === "covariate" ||
      (variable.series < own.request.series.length && variable.wave < own.waves.length),
  );
  if (!inPlace) throw notSums(file.path, "series or waves that its plan does not name");
  return {
    kind: "wide",
    sums: checkWideSums({ plan: own, rows, patterns }),
    ...{ floor, lost, signedBy: signature?.publicKey ?? null, digest: digestOf(file.text) },
  };
}

function isScoresFile({ value }: ReadFile): boolean {
  return typeof value === "object" && value !== null && "format" in value && value.format === SCORES_FORMAT;
}

/** Sums of series say what was asked as a request, where those of a formula have the formula. */
function isWideFile({ value }: ReadFile): boolean {
  if (typeof value !== "object" || value === null || !("plan" in value)) return false;
  return typeof value.plan === "object" && value.plan !== null && "request" in value.plan;
}
