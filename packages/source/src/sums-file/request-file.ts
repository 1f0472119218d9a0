import { encodeJson } from "@longwave/stats";
import type { PanelSums, ScoreRecipe } from "@longwave/stats/from-sums";
import { z } from "zod";
import { SourceError } from "../errors.ts";
import { count } from "./plan-shape.ts";
import { readJson, shaped } from "./read-json.ts";
import { digestOf } from "./signature.ts";

/** How many people each set of waves of a file has; waves are values of the time. */
type PeopleByWaves = readonly { readonly waves: readonly number[]; readonly people: number }[];

/** What a fit of files of sums asks their sites for: the scores of their people at the estimates. */
export interface RoundRequest {
  /** What decides the estimates: the files of the first round and the options of the fit. */
  readonly id: string;
  /** The fit in words. */
  readonly model: string;
  readonly time: string;
  readonly person: string;
  readonly recipe: ScoreRecipe;
  readonly files: readonly RequestedFile[];
}

/** A file of the first round as its site knows it again: whom it counts, and the floor it kept. */
interface RequestedFile {
  readonly digest: string;
  readonly floor: number;
  readonly people: PeopleByWaves;
}

const FORMAT = "longwave.request/1";

const numbers = z.array(z.number());

const recipeShape: z.ZodType<ScoreRecipe> = z.strictObject({
  formula: z.string(),
  columns: z
    .array(
      z.strictObject({
        term: z.string(),
        parts: z.array(z.strictObject({ variable: z.string(), level: z.string().nullable() })),
        shift: z.number(),
        scale: z.number().positive(),
      }),
    )
    .min(1)
    .max(200),
  outcome: z.strictObject({ shift: z.number(), scale: z.number().positive() }),
  coefficients: numbers,
  weights: z.array(z.strictObject({ waves: numbers.max(20), matrix: numbers })),
  products: z.array(
    z.array(
      z.strictObject({ first: z.number(), second: z.number(), factor: z.number(), expected: z.number() }),
    ),
  ),
});

const requestShape = z
  .strictObject({
    format: z.literal(FORMAT),
    id: z.string(),
    model: z.string(),
    time: z.string(),
    person: z.string(),
    files: z.array(
      z.strictObject({
        digest: z.string(),
        floor: z.int().min(1),
        people: z.array(z.strictObject({ waves: numbers, people: count })),
      }),
    ),
    recipe: recipeShape,
  })
  .refine(({ recipe }) => isWhole(recipe), "coefficients or weights that do not fit its columns and waves");

function isWhole({ columns, coefficients, weights }: ScoreRecipe): boolean {
  return (
    coefficients.length === columns.length &&
    weights.every(({ waves, matrix }) => matrix.length === waves.length ** 2)
  );
}

/** A file of the first round, for a request. */
interface FirstRound {
  readonly digest: string;
  readonly floor: number;
  readonly sums: PanelSums;
}

/** Whom sums count. */
export function peopleByWaves({ plan, patterns }: PanelSums): PeopleByWaves {
  return patterns.map(({ waves, people }) => ({
    waves: waves.map((wave) => plan.waves[wave] ?? Number.NaN),
    people,
  }));
}

/**
 * The request of a fit of files of sums.
 *
 * @param options  what decides the estimates besides the files, as plain data.
 */
export function roundRequest(
  files: readonly FirstRound[],
  asked: Pick<RoundRequest, "model" | "time" | "person" | "recipe">,
  options: Readonly<Record<string, unknown>>,
): RoundRequest {
  const digests = files.map(({ digest }) => digest).sort();
  return {
    id: digestOf(encodeJson({ digests, options })),
    ...asked,
    files: files.map(({ digest, floor, sums }) => ({ digest, floor, people: peopleByWaves(sums) })),
  };
}

/** The text of a request: JSON that whoever answers it can read through. */
export function requestFileText({ id, model, time, person, files, recipe }: RoundRequest): string {
  return `${encodeJson({ format: FORMAT, id, model, time, person, files, recipe })}\n`;
}

/**
 * Reads a request.
 *
 * @throws SourceError `source.no-file`, `source.sums-file`
 */
export async function readRequestFile(path: string): Promise<RoundRequest> {
  const { format: _, ...request } = shaped(await readJson(path), requestShape);
  return request;
}

/**
 * The file of the first round that these people gave.
 *
 * @throws SourceError `source.sums-round` when they are the people of none of them.
 */
export function fileOf({ files, time }: RoundRequest, people: PeopleByWaves, floor: number): RequestedFile {
  const textOf = (list: PeopleByWaves) =>
    list.map(({ waves, people: n }) => `${waves.join(", ")}: ${n}`).sort();
  const own = textOf(people).join("\n");
  const found = files.find((file) => file.floor === floor && textOf(file.people).join("\n") === own);
  if (found !== undefined) return found;
  const total = people.reduce((sum, one) => sum + one.people, 0);
  const asked = files.map(
    (file) => `${file.people.reduce((sum, one) => sum + one.people, 0)} (floor ${file.floor})`,
  );
  throw new SourceError(
    "source.sums-round",
    `Expected the people of a file of the first round, by ${time}, of which the request names files of ${asked.join(", ")} people; found ${total} with floor ${floor}, or others at some wave. Use the same data, --where, --on-duplicate and --min-cell as in the first round; when the data have changed, begin with a new first round.`,
  );
}
