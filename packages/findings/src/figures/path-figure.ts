import {
  type DiagramPath,
  type Figure,
  type FigureContext,
  type Interval,
  pathDiagram,
} from "@longwave/figure";
import type { LaggedPath, RiclpmFit } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { nameOf } from "../hypotheses/test-path.ts";
import type { PathRun } from "../plan/run-models.ts";
import type { Language } from "../publication/types.ts";
import { laterText } from "../words/gap-text.ts";
import { countText } from "../words/numbers.ts";
import { capitalise } from "../words/sentence-parts.ts";

/** The figures that stand in the page's section on what comes later. */
export const LAG_FIGURES: readonly string[] = ["path-diagram"];

export interface PathFigureInput {
  readonly protocol: Protocol;
  readonly simulated: boolean;
  readonly language: Language;
  readonly context: FigureContext;
  /** The hypotheses about lagged paths, with their fitted model. */
  readonly paths: readonly PathRun[];
}

/** The four lagged paths of the planned panel model; nothing when it was not fitted. */
export function pathFigure({
  protocol,
  simulated,
  language,
  context,
  paths,
}: PathFigureInput): readonly Figure[] {
  const [run] = paths;
  if (run?.outcome.kind !== "fitted_panel") return [];
  const { fit, people } = run.outcome;
  const [xToX, xToY, yToX, yToY] = (["xx", "xy", "yx", "yy"] as const).map((ends) => arrowOf(fit, ends));
  if (!xToX || !xToY || !yToX || !yToY) return [];
  const names = {
    x: nameOf(protocol, run.model.x, language),
    y: nameOf(protocol, run.model.y, language),
  };
  const words = wordsIn(language, names, { forward: leavesOutZero(xToY), backward: leavesOutZero(yToX) });
  const note = `${simulated ? `${words.simulated} · ` : ""}${countText(people, language)} ${words.people}`;
  return [
    pathDiagram(
      {
        xName: capitalise(names.x),
        yName: capitalise(names.y),
        earlier: words.earlier,
        later: capitalise(laterText(protocol, language)),
        groups: [{ label: "", xToX, xToY, yToX, yToY, people, ...togetherOf(fit) }],
      },
      { id: "path-diagram", title: words.title, reading: words.reading, note },
      context,
    ),
  ];
}

/** One arrow with both its intervals, or nothing when the fit has none to stand behind. */
function arrowOf(fit: RiclpmFit, [from, to]: string): DiagramPath | undefined {
  const path = fit.paths.find((candidate: LaggedPath) => candidate.from === from && candidate.to === to);
  if (!path || path.lower === null || path.upper === null) return undefined;
  const { standardized, standardizedLower, standardizedUpper } = path;
  const raw = { estimate: path.estimate, lower: path.lower, upper: path.upper };
  if (standardized === null || standardizedLower === null || standardizedUpper === null) return { raw };
  const standardised = { estimate: standardized, lower: standardizedLower, upper: standardizedUpper };
  return { raw, standardised };
}

/** What the two share at the later wave, when the model has it with an interval. */
function togetherOf({ laterCorrelations: [first] }: RiclpmFit): { readonly together?: Interval } {
  if (first === undefined || first.lower === null || first.upper === null) return {};
  return { together: { estimate: first.estimate, lower: first.lower, upper: first.upper } };
}

function leavesOutZero({ standardised, raw }: DiagramPath): boolean {
  const { lower, upper } = standardised ?? raw;
  return lower > 0 || upper < 0;
}

interface PathWords {
  readonly title: string;
  readonly reading: string;
  readonly earlier: string;
  readonly people: string;
  readonly simulated: string;
}

/** A title names a direction only where the 95 % interval leaves out zero. */
function wordsIn(
  language: Language,
  { x, y }: { readonly x: string; readonly y: string },
  found: { readonly forward: boolean; readonly backward: boolean },
): PathWords {
  const [from, to] = found.forward ? [x, y] : [y, x];
  const count = Number(found.forward) + Number(found.backward);
  if (language === "nb") {
    const titles = [
      `Verken fra ${x} til senere ${y} eller tilbake er det klart`,
      `Fra ${from} til senere ${to}, men ikke klart tilbake`,
      `Fra ${x} til senere ${y}, og fra ${y} til senere ${x}`,
    ];
    return {
      title: titles[count] ?? "",
      reading:
        "Fire piler fra én runde til den neste, med hver persons eget nivå holdt utenfor. Ved hver pil står tallet i svarenes egne enheter og i standardenheter. Buen er det de to deler i samme runde ut over pilene: en korrelasjon uten retning. Stiplet: 95 %-intervallet rommer null.",
      earlier: "Én runde",
      people: "personer",
      simulated: "Simulerte personer",
    };
  }
  const titles = [
    `Neither from ${x} to later ${y} nor back is it clear`,
    `From ${from} to later ${to}, but not clearly back`,
    `From ${x} to later ${y}, and from ${y} to later ${x}`,
  ];
  return {
    title: titles[count] ?? "",
    reading:
      "Four arrows from one wave to the next, with each person's own level set apart. Beside each arrow stands its number in the units of the answers and in standard units. The arc is what the two share in the same wave beyond the arrows: a correlation, without a direction. Dashed: the 95% interval holds zero.",
    earlier: "One wave",
    people: "people",
    simulated: "Simulated people",
  };
}
