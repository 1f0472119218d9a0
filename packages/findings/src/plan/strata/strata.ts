import type { DerivedVariable, LocalText, Protocol } from "@longwave/study";
import type { FindingRow, Language } from "../../publication/types.ts";
import { capitalise } from "../../words/sentence-parts.ts";
import { localText } from "../../words/study-names.ts";
import { strataWords } from "./words.ts";

/** A way to part people into groups, as the study text names it. */
export interface Stratum {
  /** The column that says which group a person is in. */
  readonly column: string;
  readonly label: string;
  /** The name of a group, from the value of the column. */
  readonly groupName: (value: string) => string;
  readonly role: (value: string) => FindingRow["role"];
}

/**
 * The groups a study says it reports by (`stratifyReportsBy`), each once. A name behind the plan's moderator, such as
 * `sex` behind `man`, is read as the moderator, so that both figures speak of the same groups.
 */
export function strataOf(protocol: Protocol, language: Language): readonly Stratum[] {
  const columns = protocol.eligibility.stratifyReportsBy.map((name) => columnOf(protocol, name));
  return [...new Set(columns)].map((column) => stratumOf(protocol, column, language));
}

function columnOf(protocol: Protocol, name: string): string {
  const moderator = derivedBy(protocol, protocol.plan.variables.moderator?.name);
  return moderator !== undefined && isMadeOf(moderator, name) ? moderator.name : name;
}

function derivedBy(protocol: Protocol, name: string | undefined): DerivedVariable | undefined {
  return protocol.derived.find((derived) => derived.name === name);
}

/** Whether a variable is computed from one other alone. */
function isMadeOf({ expr }: DerivedVariable, name: string): boolean {
  const names = new Set(expr.match(/[A-Za-z_]\w*/g));
  return names.size === 1 && names.has(name);
}

function stratumOf(protocol: Protocol, column: string, language: Language): Stratum {
  const names = namesOfGroups(protocol, column);
  const words = strataWords(language);
  const { moderator } = protocol.plan.variables;
  const sexes = moderator?.name === column && comparesSexes(protocol, column);
  const yesOrNo = new Map(
    answersYesOrNo(protocol, column)
      ? [
          ["0", words.no],
          ["1", words.yes],
        ]
      : [],
  );
  return {
    column,
    label: labelOf(protocol, column, language),
    groupName: (value) => {
      const text = names.get(value);
      return text === undefined ? (yesOrNo.get(value) ?? value) : localText(text, language);
    },
    role: (value) => (sexes ? (value === "0" ? "women" : "men") : "plain"),
  };
}

/** A question with yes and no, or a condition that is true or not. */
function answersYesOrNo(protocol: Protocol, column: string): boolean {
  const derived = derivedBy(protocol, column);
  if (derived !== undefined) return derived.level === "nominal" && derived.labels === undefined;
  return itemBy(protocol, column)?.kind === "yes_no";
}

function itemBy(protocol: Protocol, name: string) {
  return protocol.instruments.flatMap(({ items }) => items).find(({ id }) => id === name);
}

function namesOfGroups(protocol: Protocol, column: string): ReadonlyMap<string, LocalText> {
  const labels = derivedBy(protocol, column)?.labels;
  if (labels !== undefined) return new Map(labels.map(({ value, text }) => [String(value), text]));
  const item = itemBy(protocol, column);
  const options = item !== undefined && "options" in item ? (item.options ?? []) : [];
  return new Map(options.map(({ value, text }) => [String(value), text]));
}

/** What the groups are called together: the moderator's own words, a variable's label, else the name itself. */
function labelOf(protocol: Protocol, column: string, language: Language): string {
  const { moderator } = protocol.plan.variables;
  const label = moderator?.name === column ? moderator.label : derivedBy(protocol, column)?.label;
  return label === undefined ? column : capitalise(localText(label, language));
}

/** Whether the plan compares the slopes of women and men by this column. */
function comparesSexes({ plan }: Protocol, column: string): boolean {
  return plan.hypotheses.some(
    ({ test }) => test.kind === "difference" && test.term.split(":").includes(column),
  );
}
