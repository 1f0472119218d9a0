import type { Publication } from "../publication/types.ts";
import { countText, decimalsFor, intervalText, numberText, pValueText } from "../words/numbers.ts";
import type { Characteristic, CharacteristicCell, ReportingFacts, ShownCount } from "./facts-types.ts";
import { texts } from "./plan-items.ts";
import type { Known, StrobeBlock, StrobeSource } from "./types.ts";

const count = (value: number): string => countText(value, "en");
const shown = (value: ShownCount): string => (value === null ? "under 10" : count(value));
const number = (value: number): string => numberText(value, "en", Math.max(1, decimalsFor(value) - 1));

/** Items 13 to 17: counts and tables; what would show a result is hidden until the data are locked. */
export function resultKnown(source: StrobeSource): Readonly<Record<string, Known>> {
  const { results, reporting } = source;
  const hidden = { blocks: [], hidden: true };
  return {
    "13a": { blocks: [stageTable(source)], anchor: "who" },
    "13b": { blocks: reasonBlocks(source) },
    "13c": { blocks: texts("The flow is drawn on the findings page, with its numbers."), anchor: "who" },
    "14a": { blocks: characteristicBlocks(reporting) },
    "14b": { blocks: [missingTable(reporting)] },
    "14c": { blocks: followUpBlocks(reporting) },
    "15": results ? { blocks: outcomeBlocks(source) } : hidden,
    "16a": results ? { blocks: estimateBlocks(results), anchor: "numbers" } : hidden,
    "16b": { blocks: boundaryBlocks(source) },
    "16c": results ? { blocks: absoluteBlocks(source) } : hidden,
    "17": results ? { blocks: otherBlocks(results) } : hidden,
  };
}

/** People at each stage, as the flow figure counts them; with results, also those in each model. */
function stageTable({ flow, study, results, protocol }: StrobeSource): StrobeBlock {
  const start = study.source === "file" ? "In the file" : "Invited";
  const stages: readonly (readonly [string, number])[] = [
    [start, flow.invited],
    ...(study.source === "file" ? [] : [["Gave consent", flow.consented] as const]),
    ["Answered at least once", flow.answeredOnce],
    ...flow.waves.map(({ wave, answered }) => {
      const label = protocol.waves.find(({ id }) => id === wave)?.label.en ?? wave;
      return [`Answered ${label}`, answered] as const;
    }),
    ["Answered twice or more", flow.answeredTwice],
    ["Answered every wave", flow.answeredAll],
    ...(results?.models ?? [])
      .filter(({ comparisonOnly }) => !comparisonOnly)
      .map(({ id, people }) => [`Analysed in the model of ${id}`, people] as const),
  ];
  const rows = stages.map(([stage, people]) => [stage, count(people)]);
  return { kind: "table", title: "People at each stage", columns: ["Stage", "People"], rows };
}

function reasonBlocks({ flow, study, reporting, results }: StrobeSource): readonly StrobeBlock[] {
  const before =
    study.source === "file"
      ? []
      : [
          `${count(flow.invited - flow.consented)} invited people did not give consent; ${count(flow.consented - flow.answeredOnce)} gave consent and answered nothing. Their reasons were not asked.`,
        ];
  const rows = reporting.waves.map(({ wave, cameBack, notSeenAgain }) => [
    wave,
    shown(cameBack),
    shown(notSeenAgain),
  ]);
  const columns = ["Wave", "Not answered, answered later", "Not answered, not seen again"];
  return [
    ...texts(...before, ...(results ? [unusedSentence(results)] : [])),
    { kind: "table", title: "Waves not answered, by people who answered at least once", columns, rows },
  ];
}

/** Why people who answered are not in the models: fewer than two complete answers. */
function unusedSentence({ models, flow }: Publication): string {
  const [first] = models.filter(({ comparisonOnly }) => !comparisonOnly);
  if (first === undefined) return "";
  return `${count(Math.max(0, flow.answeredOnce - first.people))} people who answered are not in the model of ${first.id}: it needs two answers without a missing value.`;
}

function characteristicBlocks({ characteristics, groups }: ReportingFacts): readonly StrobeBlock[] {
  if (characteristics.length === 0)
    return texts("Fewer than ten people answered the first wave: not shown, to protect them.");
  const columns = ["At the first wave", ...groups.map(({ label, people }) => `${label} (${count(people)})`)];
  const rows = characteristics.flatMap(characteristicRows);
  return [
    { kind: "table", title: "People at the first wave", columns, rows },
    ...texts(
      "Shares are of those who answered. Categories with fewer than ten people in a group are taken together.",
    ),
  ];
}

function characteristicRows({ label, unit, kind, rows }: Characteristic): readonly (readonly string[])[] {
  const name = unit === undefined ? label : `${label} (${unit})`;
  if (kind === "mean") return rows.map((row) => [`${name}, mean (SD)`, ...row.cells.map(cellText)]);
  return rows.map((row) => [`${name}: ${row.label}`, ...row.cells.map(cellText)]);
}

function cellText(cell: CharacteristicCell | null): string {
  if (cell === null) return "fewer than 10";
  const people = cell.people === undefined ? "" : count(cell.people);
  if (cell.share !== undefined) {
    const share = `${Math.round(cell.share * 100)} %`;
    return people === "" ? share : `${people} (${share})`;
  }
  return cell.mean === undefined || cell.sd === undefined ? "" : `${number(cell.mean)} (${number(cell.sd)})`;
}

function missingTable({ missing }: ReportingFacts): StrobeBlock {
  const rows = missing.map((row) => [row.label, row.name, shown(row.missing), count(row.of)]);
  const columns = ["Variable", "Column", "Missing", "Of answered waves in which it was asked"];
  return { kind: "table", title: "Missing values", columns, rows };
}

function followUpBlocks({ followUp }: ReportingFacts): readonly StrobeBlock[] {
  if (followUp === undefined)
    return texts("Fewer than ten people have answered: not shown, to protect them.");
  const { people, medianDays, lowerQuartileDays, upperQuartileDays, personYears } = followUp;
  return texts(
    `From the first to the last answer, ${count(people)} people were followed for a median of ${count(medianDays)} days (quartiles ${count(lowerQuartileDays)} and ${count(upperQuartileDays)}), ${count(personYears)} person-years in all.`,
  );
}

function outcomeBlocks({ reporting, protocol }: StrobeSource): readonly StrobeBlock[] {
  const { label, unit } = protocol.plan.variables.outcome;
  const rows = reporting.waves.map(({ wave, outcome }) =>
    outcome === undefined
      ? [wave, "fewer than 10", "", ""]
      : [wave, count(outcome.people), number(outcome.mean), number(outcome.sd)],
  );
  const columns = ["Wave", "People", `Mean (${unit.en})`, "SD"];
  return [{ kind: "table", title: `Mean ${label.en} by wave`, columns, rows }];
}

/** The tested estimates without covariates beside the planned ones. */
function estimateBlocks({ findings, reporting, models }: Publication): readonly StrobeBlock[] {
  const unadjusted = reporting?.unadjusted ?? [];
  const rows = findings.flatMap(({ id, label, estimate, pValue, model }) => {
    if (estimate === null) return [[`${id}: ${label}`, "", "", "not estimated", "", ""]];
    const bare = unadjusted.find(({ finding }) => finding === id);
    const bareText = bare && intervalText({ ...bare, value: bare.estimate }, "en");
    const people = models.find((one) => one.id === model)?.people;
    return [
      [
        `${id}: ${label}`,
        bareText ?? "not run",
        bare === undefined ? "" : count(bare.people),
        intervalText(estimate, "en"),
        people === undefined ? "" : count(people),
        `${estimate.unit}${pValue === null ? "" : `; ${pValueText(pValue)}`}`,
      ],
    ];
  });
  const columns = [
    "Planned estimate",
    "Unadjusted (95 %)",
    "People",
    "Adjusted (95 %)",
    "People",
    "Unit; p of the adjusted",
  ];
  const formulas = models
    .filter(({ comparisonOnly }) => !comparisonOnly)
    .map(({ id, formula }) => `Adjusted model of ${id}: ${formula}`);
  const bare = unadjusted.map(({ finding, formula }) => `Unadjusted model of ${finding}: ${formula}`);
  return [{ kind: "table", title: "Main results", columns, rows }, ...texts(...formulas, ...bare)];
}

function boundaryBlocks({ protocol }: StrobeSource): readonly StrobeBlock[] {
  const cut = protocol.derived.filter(({ expr }) => expr.includes("cut("));
  if (cut.length === 0) return texts("No number was cut into categories.");
  return texts(
    ...cut.map(({ name, label, expr, labels }) => {
      const words = labels?.map(({ text }) => text.en).join(", ");
      return `${label.en} (${name}): ${expr}${words === undefined ? "" : `; ${words}`}.`;
    }),
  );
}

function absoluteBlocks({ protocol, results }: StrobeSource): readonly StrobeBlock[] {
  const { outcome } = protocol.plan.variables;
  const odds = results?.sensitivity?.filter(({ rows }) => rows.some(({ unit }) => /odds/i.test(unit))) ?? [];
  return texts(
    `Main estimates are differences in ${outcome.unit.en}, and so in absolute terms; lagged paths are in standard units, with the same in the units of the answers beside them.`,
    ...odds.map(
      ({ id, what }) =>
        `${id} (${what}) is relative (a ratio of odds) and stands beside the absolute estimate.`,
    ),
  );
}

function otherBlocks({
  sensitivity = [],
  exploratory = [],
  notYetRun,
  lagComparison,
}: Publication): readonly StrobeBlock[] {
  return texts(
    ...[...sensitivity, ...exploratory].map(({ id, what, sentence }) => `${id} (${what}): ${sentence}`),
    ...(lagComparison?.rows ?? []).map(({ title, reason }) => `${title}: ${reason}`),
    ...notYetRun.map(({ id, what, why }) => `${id} (${what}) was not run: ${why}`),
  );
}
