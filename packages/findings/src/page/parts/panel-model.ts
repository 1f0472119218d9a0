import type { ModelReport } from "../../publication/types.ts";
import type { Html, Part } from "../html.ts";
import { html } from "../html.ts";
import { lagText } from "../text/lags.ts";
import type { Reader } from "./models.ts";
import { type PanelPath, type PanelView, readPanel } from "./panel-json.ts";
import { tablePart } from "./table.ts";
import { countText, numberText, pText, rangeText } from "./values.ts";
import { anchorOf } from "./verdicts.ts";

/** A panel model's lagged paths and fit, as a folded model shows them; nothing for a fit of another kind. */
export function panelBody(model: ModelReport, reader: Reader): Html | undefined {
  const panel = readPanel(model.fit);
  if (panel === undefined) return undefined;
  const words = lagText(reader.language);
  const names = seriesNames(model.formula);
  const columns = [
    { head: words.path },
    ...[words.raw, words.standardised, reader.text.numbers.p].map((head) => ({ head, right: true })),
  ];
  const rows = panel.paths.map((path) => pathRow(path, names, reader));
  return html`<h4>${words.path}</h4>${tablePart(`${model.title}: ${words.path}`, columns, rows)}
<p class="small soft" id="count-${anchorOf(model.id)}">${fitLine(panel, reader)}</p>`;
}

/** The columns of a panel model, from its line `ri_clpm(ex, pain_vrs; ...)`. */
function seriesNames(formula: string): Readonly<Record<"x" | "y", string>> {
  const [, x = "x", y = "y"] = /^\w+\(([^,;]+), ([^,;]+);/.exec(formula) ?? [];
  return { x, y };
}

function pathRow(
  path: PanelPath,
  names: Readonly<Record<"x" | "y", string>>,
  reader: Reader,
): readonly Part[] {
  const cell = (value: number | null, lower: number | null, upper: number | null): string =>
    lower === null || upper === null
      ? "–"
      : `${numberText(value, reader.language)} (${rangeText(lower, upper, reader)})`;
  return [
    html`<code>${lagText(reader.language).arrow(names[path.from], names[path.to])}</code>`,
    cell(path.estimate, path.lower, path.upper),
    cell(path.standardized, path.standardizedLower, path.standardizedUpper),
    pText(path.pValue, reader.language),
  ];
}

function fitLine(panel: PanelView, reader: Reader): string {
  const { language } = reader;
  const words = lagText(language);
  const [people = "", answers = "", left = ""] = [panel.people, panel.answers, panel.leftOut].map((count) =>
    countText(count, language),
  );
  const chiSquare = `chi-square ${numberText(panel.chiSquare, language)}, df ${countText(panel.df, language)}, p ${pText(panel.pValue, language)}`;
  const indices = [
    chiSquare,
    ...(["cfi", "rmsea", "srmr", "logLik"] as const).map(
      (name) =>
        `${name === "logLik" ? "log-likelihood" : name.toUpperCase()} ${numberText(panel[name], language)}`,
    ),
  ];
  return `${words.fitLine({ people, answers, left })} ${words.fit}: ${indices.join(" · ")}.`;
}
