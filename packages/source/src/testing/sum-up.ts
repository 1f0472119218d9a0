import {
  mergeScores,
  type PanelSums,
  poolPanels,
  poolWide,
  type ScoreRecipe,
  type ScoreSums,
  scoreForm,
  type WideSums,
} from "@longwave/stats/from-sums";
import type { Source } from "../source.ts";
import type { Numbers, SameAnswerCase } from "./same-answer-cases.ts";

/** The sums of several sources of different people, added up, and the scores of a second round. */
export type Summed =
  | { readonly kind: "panel"; readonly sums: PanelSums; readonly scores: ScoreSums | undefined }
  | { readonly kind: "wide"; readonly sums: WideSums };

function need<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("this source can be summed");
  return part;
}

async function scoresOf(
  sources: readonly Source[],
  recipe: ScoreRecipe,
  formula: string,
): Promise<ScoreSums> {
  const parts: ScoreSums[] = [];
  for (const source of sources) {
    const panel = need(source.panel);
    const request = { formula, time: "wave", person: "id" };
    const { plan, patterns } = await panel.sums(request);
    const form = scoreForm(
      recipe,
      plan,
      patterns.map(({ waves }) => waves),
    );
    parts.push(await panel.scores(request, form));
  }
  return mergeScores(parts);
}

/** What a case needs of some sources. */
export async function sumUp(asked: SameAnswerCase, sources: readonly Source[]): Promise<Summed> {
  if (asked.kind === "wide") {
    const { request } = asked;
    const parts: WideSums[] = [];
    for (const { wide } of sources) parts.push(await need(wide).sums({ request }));
    return { kind: "wide", sums: poolWide(parts) };
  }
  const { formula } = asked;
  const parts: PanelSums[] = [];
  for (const { panel } of sources)
    parts.push(await need(panel).sums({ formula, time: "wave", person: "id" }));
  const sums = poolPanels(parts);
  const recipe = asked.secondRound(sums);
  const scores = recipe === null ? undefined : await scoresOf(sources, recipe, formula);
  return { kind: "panel", sums, scores };
}

/** The numbers of a case from its sums. */
export function fitSummed(asked: SameAnswerCase, summed: Summed): Numbers {
  if (asked.kind === "panel" && summed.kind === "panel") return asked.fit(summed.sums, summed.scores);
  if (asked.kind === "wide" && summed.kind === "wide") return asked.fit(summed.sums);
  throw new Error(`${asked.name} was summed as ${summed.kind}`);
}
