import type { Source } from "@longwave/source";
import { selectRows, type Table } from "@longwave/stats";
import type { AlternativeModel, Dataset, PlanModel } from "@longwave/study";
import { numberAt } from "../../flow/used-rows.ts";
import type { Language } from "../../publication/types.ts";
import { countText, limitText } from "../../words/numbers.ts";
import { FEWEST_PEOPLE, reasonsIn } from "../reasons.ts";
import { type AlternativeContext, hypothesisFor, type Measured, NotMeasured, whereOf } from "./context.ts";
import { measurePanel } from "./panel-alternatives.ts";
import { measureMixedModel } from "./slope-alternatives.ts";
import { alternativeWords } from "./words.ts";

type DataRules = Extract<AlternativeModel, { family: "data_rules" }>;

const SECONDS = "form_seconds";

/** Which forms are left out by one column of the person-wave table. */
interface FormRule {
  readonly column: string;
  readonly leavesOut: (value: number) => boolean;
}

/** Whether the data say how long any form took. */
export function hasFormTimes({ personWave }: Pick<Dataset, "personWave">): boolean {
  return personWave.columns.some(
    ({ name, values }) => name === SECONDS && values.some((one) => one !== null),
  );
}

/**
 * The planned model without the forms that a rule leaves out. A form that cannot be judged stays: one left before
 * its end has no time, and one with few questions of a kind cannot show the same answer throughout.
 */
export async function measureDataRules(context: AlternativeContext, model: DataRules): Promise<Measured> {
  const rules = rulesOf(model);
  const measured = await measureAs({ ...context, source: withoutForms(context.source, rules) }, model.of);
  const where = whereOf(context, {});
  const columns = rules.map(({ column }) => column);
  const { table } = await context.source.fitData(where === undefined ? { columns } : { columns, where });
  return { ...measured, sentence: `${measured.sentence} ${leftOut(table, model, context.language)}` };
}

function rulesOf({ straightLined, fastestSeconds }: DataRules): readonly FormRule[] {
  return [
    ...(fastestSeconds === undefined
      ? []
      : [{ column: SECONDS, leavesOut: (value: number) => value < fastestSeconds }]),
    ...(straightLined === true
      ? [{ column: "straight_lined", leavesOut: (value: number) => value === 1 }]
      : []),
  ];
}

/** The model of a hypothesis on the rows of the context. */
async function measureAs(context: AlternativeContext, id: string): Promise<Measured> {
  const model = plannedModel(context, id);
  if (model?.family === "lmm") return measureMixedModel(context, { family: "lmm", base: id, add: [] });
  if (model?.family === "ri_clpm") return measurePanel(context, model);
  throw new NotMeasured(reasonsIn(context.language).notBuilt);
}

function plannedModel(context: AlternativeContext, id: string): PlanModel | undefined {
  const model = hypothesisFor(context, id)?.model;
  return model?.family === "same_as" ? plannedModel(context, model.model) : model;
}

/** The same source without some of its rows; what a rule cannot judge is kept. */
function withoutForms(source: Source, rules: readonly FormRule[]): Source {
  return {
    ...source,
    async fitData(request) {
      const columns = [...new Set([...request.columns, ...rules.map(({ column }) => column)])];
      const { table } = await source.fitData({ ...request, columns });
      const kept = (row: number): boolean =>
        !rules.some(({ column, leavesOut }) => leavesOut(numberAt(table.columns[column], row)));
      return { kind: "rows", table: selectRows(table, kept) };
    },
  };
}

/** How many forms each rule left out, of how many it can judge; small counts are not told. */
function leftOut(table: Table, model: DataRules, language: Language): string {
  const words = alternativeWords(language);
  const shown = (count: number): string =>
    count > 0 && count < FEWEST_PEOPLE ? words.fewerThan(FEWEST_PEOPLE) : countText(count, language);
  const parts = rulesOf(model).map(({ column, leavesOut }) => {
    const values = Array.from({ length: table.nrows }, (_, row) => numberAt(table.columns[column], row));
    const judged = values.filter((value) => !Number.isNaN(value));
    const counts = { left: shown(judged.filter(leavesOut).length), judged: shown(judged.length) };
    return column === SECONDS
      ? words.leftFast(counts, limitText(model.fastestSeconds ?? 0, language))
      : words.leftStraight(counts);
  });
  return words.leftOut(parts);
}
