import { type Figure, type FigureContext, type SlopeShare, slopeDistribution } from "@longwave/figure";
import type { Protocol } from "@longwave/study";
import type { ExpectedShare, SlopeLaw } from "../plan/alternatives/context.ts";
import type { Language } from "../publication/types.ts";
import { limitText } from "../words/numbers.ts";
import { localText, studyNames } from "../words/study-names.ts";
import { figureWords } from "./figure-words.ts";

export interface SlopeFigureInput {
  readonly protocol: Protocol;
  readonly slopes: SlopeLaw;
  readonly language: Language;
  readonly note: string;
  readonly context: FigureContext;
}

/** What is expected of personal slopes, with the shares beyond the limits: a law, never an entry for a person. */
export function slopeFigure(input: SlopeFigureInput): readonly Figure[] {
  const { protocol, slopes, language, note, context } = input;
  const bounds = protocol.plan.bounds[slopes.bounds];
  if (bounds === undefined) return [];
  const words = figureWords(language, studyNames(protocol, language));
  const unit = localText(bounds.unit, language);
  const { negligible, noticeable } = bounds;
  const sign = slopes.expectedSign < 0 ? "\u2212" : "";
  const limit = `${sign}${limitText(noticeable, language)} ${unit}`;
  const data = {
    ...slopes,
    zones: [
      { lower: -noticeable, upper: noticeable, label: words.noticeable },
      { lower: -negligible, upper: negligible, label: words.negligible },
    ],
    shares: [
      shareOf(words.beyond(limit), slopes.beyond),
      shareOf(words.otherSide(slopes.mean > 0), slopes.opposite),
    ],
    lowLabel: words.less,
    highLabel: words.more,
    unit: words.unit(unit),
  };
  const heading = words.personalSlopes(slopes.reliability >= 0.5);
  return [slopeDistribution(data, { id: "slope-distribution", ...heading, note }, context)];
}

function shareOf(label: string, { share, lower, upper }: ExpectedShare): SlopeShare {
  return lower === null || upper === null ? { label, share } : { label, share, lower, upper };
}
