import { type ScoreSums, scoreLength } from "@longwave/stats/from-sums";
import { z } from "zod";
import { SourceError } from "../errors.ts";
import { count } from "./plan-shape.ts";
import { notSums, type ReadFile, shaped } from "./read-json.ts";
import type { RoundRequest } from "./request-file.ts";
import { type SumsSignature, signed } from "./signature.ts";

/** The scores of a site for the second round of a fit, added up. */
export interface ScoresFile {
  readonly kind: "scores";
  /** The request that was answered. */
  readonly request: string;
  /** The digest of the site's file of the first round. */
  readonly of: string;
  readonly floor: number;
  readonly scores: ScoreSums;
  /** The key it was signed with, checked; null without a signature. */
  readonly signedBy: string | null;
}

/** What the file says it is. */
export const SCORES_FORMAT = "longwave.scores/1";

/** The signature of a file; none when it is not signed. */
export const signatureShape: z.ZodExactOptional<z.ZodType<SumsSignature>> = z
  .strictObject({ publicKey: z.string(), value: z.string() })
  .exactOptional();

const scoresFile = z.strictObject({
  format: z.literal(SCORES_FORMAT),
  request: z.string(),
  of: z.string(),
  floor: z.int().min(1),
  people: count,
  sum: z.array(z.number()).min(1).max(1000),
  products: z.array(z.number()),
  signature: signatureShape,
});

/** What a site answers with: its scores, for which request and of which of its files. */
type ScoresAnswer = Pick<ScoresFile, "request" | "of" | "floor" | "scores">;

/**
 * The text of a file of scores: JSON that a person can read.
 *
 * @throws SourceError `source.sums-signature`
 */
export function scoresFileText({ request, of, floor, scores }: ScoresAnswer, privateKeyPem?: string): string {
  return signed({ format: SCORES_FORMAT, request, of, floor, ...scores }, privateKeyPem);
}

/** A file of scores that was read. */
export function readScores(file: ReadFile): ScoresFile {
  const { request, of, floor, signature, people, sum, products } = shaped(file, scoresFile);
  if (products.length !== (sum.length * (sum.length + 1)) / 2)
    throw notSums(file.path, `${products.length} products of ${sum.length} scores`);
  return {
    ...{ kind: "scores", request, of, floor, scores: { people, sum, products } },
    signedBy: signature?.publicKey ?? null,
  };
}

/** A file with the path it was read from. */
export interface Named<File> {
  readonly path: string;
  readonly file: File;
}

/**
 * The scores of all sites for a request, once there is one file for each file of the first round.
 *
 * @param first  the files of the first round, with their digests.
 * @throws SourceError `source.sums-round`
 */
export function answersTo(
  request: RoundRequest,
  first: readonly Named<{ readonly digest: string }>[],
  second: readonly Named<ScoresFile>[],
): ScoreSums[] {
  const wanted = scoreLength(request.recipe);
  for (const { path, file } of second) {
    if (file.request === request.id && file.scores.sum.length === wanted) continue;
    throw wrongRound(
      `${path} to answer the request of this fit (${shortId(request.id)})`,
      `an answer to another one (${shortId(file.request)})`,
      "Ask with the same files and options as when the request was made, or make a new one with --request",
    );
  }
  return first.map(({ path, file }) => {
    const own = second.filter((one) => one.file.of === file.digest);
    const [answer] = own;
    if (answer !== undefined && own.length === 1) return answer.file.scores;
    throw wrongRound(
      `one second round for ${path}`,
      own.length === 0 ? "none" : own.map((one) => one.path).join(" and "),
      own.length === 0
        ? "Ask the site to answer the request (longwave sums --round 2), and give its file too"
        : "Leave one of them out",
    );
  });
}

/** The beginning of a hash, for people to compare. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}

function wrongRound(expected: string, found: string, advice: string): SourceError {
  return new SourceError("source.sums-round", `Expected ${expected}; found ${found}. ${advice}.`);
}
