import { type Figure, type FigureContext, forest } from "@longwave/figure";
import type { Protocol } from "@longwave/study";
import type { StratumSlopes } from "../plan/strata/run-strata.ts";
import type { Finding, Language } from "../publication/types.ts";
import { localText, studyNames } from "../words/study-names.ts";
import { figureWords } from "./figure-words.ts";

export interface StrataFigureInput {
  readonly protocol: Protocol;
  readonly strata: readonly StratumSlopes[];
  /** The answer for everyone that the strata look into. */
  readonly finding: Finding | undefined;
  readonly language: Language;
  readonly note: string;
  readonly context: FigureContext;
}

/** The slope for everyone and in each group the study reports by; nothing where no stratum could be measured. */
export function strataFigure(input: StrataFigureInput): readonly Figure[] {
  const { protocol, strata, finding, language, note, context } = input;
  if (finding === undefined || strata.length === 0) return [];
  const names = studyNames(protocol, language);
  const words = figureWords(language, names);
  const bounds = protocol.plan.bounds[boundsName(protocol, finding.id)];
  if (bounds === undefined) return [];
  const differing = strata
    .filter(({ pAdjusted }) => pAdjusted !== null && pAdjusted < 0.05)
    .map(({ label }) => label);
  const heading = words.strata(differing);
  return [
    forest(
      {
        rows: finding.rows,
        sections: strata.map(({ label, rows, pValue, pAdjusted }) => {
          if (pValue === null || pAdjusted === null) return { label, rows };
          const adjusted = strata.length > 1 ? { adjustedP: pAdjusted } : {};
          return { label, rows, interactionP: pValue, ...adjusted };
        }),
        zones: [
          { lower: -bounds.noticeable, upper: bounds.noticeable, label: words.noticeable },
          { lower: -bounds.negligible, upper: bounds.negligible, label: words.negligible },
        ],
        lowLabel: words.less,
        highLabel: words.more,
        unit: words.unit(localText(bounds.unit, language)),
      },
      { id: "groups-forest", ...heading, note },
      context,
    ),
  ];
}

function boundsName({ plan }: Protocol, id: string): string {
  return plan.hypotheses.find((hypothesis) => hypothesis.id === id)?.bounds ?? "";
}
