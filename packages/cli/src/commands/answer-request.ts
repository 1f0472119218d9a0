import {
  fileOf,
  peopleByWaves,
  type RoundRequest,
  readRequestFile,
  scoresFileText,
  shortId,
} from "@longwave/source";
import { NeedsRows, type ScoreSums, scoreForm, scoreLength, withFloor } from "@longwave/stats/from-sums";
import { type Typed, wholeNumber, wrongValue } from "../arguments.ts";
import type { OptionDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { openData } from "../open-data.ts";
import { alignColumns } from "../output/align.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { readTextFile } from "../read-text.ts";
import { rowChoice } from "./panel-request.ts";

/** The option that asks for the second round. */
export const ROUND: OptionDescription = {
  name: "round",
  value: "2",
  help: "answer a request of longwave fit --sums … --request: longwave sums --round 2 REQUEST FILE",
};

/** The request that is answered. */
export const REQUEST = { name: "REQUEST.json", help: "what longwave fit --sums … --request wrote" } as const;

/** The floor of files of sums where none is typed. */
export const FLOOR = 10;

/** The floor that was typed. */
export function floorOf(typed: Typed): number {
  return wholeNumber(typed, "min-cell", { least: 1, fallback: FLOOR });
}

/** The private key that signs what is written, if one was named. */
export async function privateKey(io: Io, typed: Typed): Promise<string | undefined> {
  const key = typed.text("sign");
  return key === undefined ? undefined : readTextFile(io, key, "a private key (PEM)");
}

/** The last line of a preview: where it was written. */
export function writtenTo(out: string | undefined): string {
  return out === undefined
    ? "Nothing was written; add --out FILE."
    : `Written to ${out}: read it before it is sent.`;
}

// With hardly more people than scores a person, products of scores nearly are the people.
const PEOPLE_A_SCORE = 2;

interface Answered {
  readonly of: string;
  readonly scores: ScoreSums;
}

/** The scores of the people that this site's file of the first round counted. */
async function scoresFor(io: Io, typed: Typed, request: RoundRequest): Promise<Answered> {
  const { recipe, time, person } = request;
  const [, file = ""] = typed.positionals;
  const asked = { formula: recipe.formula, time, person, ...rowChoice(typed, person) };
  const source = await openData(io, file);
  try {
    if (source.panel === undefined) throw new NeedsRows(`${source.name}, which cannot add up`);
    const sums = await source.panel.sums(asked);
    const kept = peopleByWaves(withFloor(sums, floorOf(typed)).sums);
    const { digest } = fileOf(request, kept, floorOf(typed));
    const sets = kept.map(({ waves }) => waves.map((wave) => sums.plan.waves.indexOf(wave)));
    return { of: digest, scores: await source.panel.scores(asked, scoreForm(recipe, sums.plan, sets)) };
  } finally {
    await source.close();
  }
}

function checkEnough({ people }: ScoreSums, length: number, floor: number): void {
  const least = Math.max(floor, PEOPLE_A_SCORE * length);
  if (floor === 1 || people >= least) return;
  throw new CliError(
    "cli.option-value",
    `Expected at least ${least} people, ${PEOPLE_A_SCORE} for each of the ${length} scores that are asked for; found ${people}. Nothing was written: products of the scores of so few speak of them. Ask for a model with fewer terms, or use a smaller --min-cell in both rounds where your rules allow it.`,
  );
}

/** `longwave sums --round 2 REQUEST FILE`: what a fit of several sites asks each of them for, once it is known. */
export async function answerRequest(io: Io, typed: Typed): Promise<void> {
  if (typed.text("round") !== "2")
    throw wrongValue("round", "2, the second round", typed.text("round") ?? "nothing");
  const request = await readRequestFile(pathFrom(io, typed.positionals[0] ?? ""));
  const { of, scores } = await scoresFor(io, typed, request);
  const floor = floorOf(typed);
  checkEnough(scores, scoreLength(request.recipe), floor);
  const text = scoresFileText({ request: request.id, of, floor, scores }, await privateKey(io, typed));
  const out = typed.text("out");
  if (out !== undefined) writeFileWhole(pathFrom(io, out), text);
  io.stdout.write(preview(request, scores, text.length, out));
}

/** What leaves the house, in words and numbers. */
function preview(request: RoundRequest, scores: ScoreSums, bytes: number, out: string | undefined): string {
  const { recipe, person, time, model, id, files } = request;
  const count = (numbers: number) => numbers.toLocaleString("en");
  const rows = [
    ...recipe.columns.map(({ term }) => [term]),
    ...recipe.products.map((_, k) => [k === 0 ? "residual variance" : `residual correlation ${k}`]),
  ];
  const numbers = 1 + scores.sum.length + scores.products.length;
  return [
    `Second round for ${recipe.formula}`,
    `by ${person} and ${time}; ${model}; request ${shortId(id)} of ${files.length} ${files.length === 1 ? "file" : "files"}`,
    "",
    ...alignColumns([["Scores of each person"], ...rows]),
    "",
    `${count(numbers)} numbers leave, ${count(Math.ceil(bytes / 1000))} kB: how many people (${count(scores.people)}), the sum of each score and of each product of two.`,
    "It speaks of everybody together whom the file of the first round counts. Answer a request once.",
    writtenTo(out),
    "",
  ].join("\n");
}
