import type { DropoutCounts, LastWaveMeans } from "@longwave/stats";
import type { LeavingTerm } from "../../publication/alternative-types.ts";
import { countText, intervalText, numberText } from "../../words/numbers.ts";
import { localText, studyNames } from "../../words/study-names.ts";
import { FEWEST_PEOPLE } from "../reasons.ts";
import type { AlternativeContext } from "./context.ts";

/** Sentences on who left; they say what leaving went with, never what it came from. */
export interface AttritionWords {
  planned(id: string): string;
  /** What a coefficient of the model of leaving stands for. */
  term(term: string, binary: boolean): string;
  leaving(label: string, row: Pick<LeavingTerm, "oddsRatio" | "lower" | "upper">): string;
  summary(
    counts: DropoutCounts,
    terms: readonly LeavingTerm[],
    means: readonly LastWaveMeans[],
  ): readonly string[];
}

/** The words for a study, in the reader's language. */
export function attritionWords(context: AlternativeContext): AttritionWords {
  return context.language === "nb" ? norwegian(context) : english(context);
}

/** What a name of the model of leaving is called: scores by the words of the study. */
function variableOf({ protocol, language }: AlternativeContext, name: string): string {
  const derived = protocol.derived.find((one) => one.name === name);
  return derived === undefined ? name : localText(derived.label, language);
}

/** The words of an answer against those of the first one: the two options of the question. */
function optionsOf({ protocol, language }: AlternativeContext, name: string, level: string) {
  const items = protocol.instruments.flatMap((instrument) => instrument.items);
  const item = items.find(({ id }) => id === name);
  const options = item !== undefined && "options" in item ? (item.options ?? []) : [];
  const chosen = options.find(({ value }) => String(value) === level);
  const [first] = options;
  if (chosen === undefined || first === undefined) return { chosen: `${name} ${level}`, first: name };
  return { chosen: localText(chosen.text, language), first: localText(first.text, language) };
}

interface Parts {
  readonly kind: "last" | "change" | "level" | "own";
  readonly name: string;
  readonly level: string;
}

function partsOf(term: string): Parts {
  const [, prefix, rest = ""] = term.match(/^(last|change)_(.+)$/) ?? [];
  if (prefix === "last" || prefix === "change") return { kind: prefix, name: rest, level: "" };
  const [, factor = "", level = ""] = term.match(/^(?:factor\()?(\w+)\)?\[(.+)\]$/) ?? [];
  return level === "" ? { kind: "own", name: term, level } : { kind: "level", name: factor, level };
}

function nameIn(context: AlternativeContext, name: string): string {
  const { outcome, exposure } = context.protocol.plan.variables;
  const names = studyNames(context.protocol, context.language);
  if (name === outcome.name) return names.outcome;
  return name === exposure.name ? names.exposure : variableOf(context, name);
}

/** First and last mean of those who left after the second wave or later, and of those who stayed. */
function lastMeans(
  means: readonly LastWaveMeans[],
): { readonly left: number; readonly stayed: number } | undefined {
  const stayed = means.at(-1)?.means[0];
  const leavers = means.slice(0, -1).flatMap(({ means: own }) => own.slice(0, 1));
  const n = leavers.reduce((sum, one) => sum + one.n, 0);
  if (stayed === undefined || n < FEWEST_PEOPLE) return undefined;
  return { left: leavers.reduce((sum, one) => sum + one.n * one.mean, 0) / n, stayed: stayed.mean };
}

function isClear({ lower, upper }: Pick<LeavingTerm, "lower" | "upper">): boolean {
  return lower > 1 || upper < 1;
}

function english(context: AlternativeContext): AttritionWords {
  const { outcome } = studyNames(context.protocol, "en");
  const ratio = (row: Pick<LeavingTerm, "oddsRatio" | "lower" | "upper">): string =>
    intervalText({ ...row, value: row.oddsRatio }, "en");
  return {
    planned: (id) => `${id}, as planned`,
    term: (term, binary) => {
      const { kind, name, level } = partsOf(term);
      const variable = nameIn(context, name);
      if (kind === "last") return `One standard deviation more ${variable} when last asked`;
      if (kind === "change") return `One standard deviation more ${variable} than the time before`;
      if (kind === "level") {
        const { chosen, first } = optionsOf(context, name, level);
        return `\u201c${chosen}\u201d against \u201c${first}\u201d`;
      }
      return binary ? variable : `One standard deviation more: ${variable}`;
    },
    leaving: (label, row) =>
      isClear(row)
        ? `${label} went with ${row.oddsRatio > 1 ? "higher" : "lower"} odds of leaving: odds ratio ${ratio(row)}.`
        : `${label} went with neither clearly higher nor clearly lower odds of leaving: odds ratio ${ratio(row)}.`,
    summary: ({ people, left, stayed, intermittent }, terms, means) => {
      const clear = terms.filter(isClear).length;
      const shown = lastMeans(means);
      return [
        `Of ${countText(people, "en")} people with an answer on ${outcome}, ${countText(stayed, "en")} answered the last wave and ${countText(left, "en")} left before it.${intermittent < FEWEST_PEOPLE ? "" : ` ${countText(intermittent, "en")} missed a wave and came back.`}`,
        clear === 0
          ? "Nothing that was seen before clearly went with leaving."
          : `${clear} of the ${terms.length} things looked at went clearly with leaving. Those who stayed are not quite those who started.`,
        ...(shown === undefined
          ? []
          : [
              `When first asked, those who left later had a mean ${outcome} of ${numberText(shown.left, "en", 2)}, and those who stayed ${numberText(shown.stayed, "en", 2)}.`,
            ]),
        "No analysis of the answers there are can show what those who left would have answered. The estimates beside each other say how much it matters under other assumptions.",
      ];
    },
  };
}

function norwegian(context: AlternativeContext): AttritionWords {
  const { outcome } = studyNames(context.protocol, "nb");
  const ratio = (row: Pick<LeavingTerm, "oddsRatio" | "lower" | "upper">): string =>
    intervalText({ ...row, value: row.oddsRatio }, "nb");
  return {
    planned: (id) => `${id}, som planlagt`,
    term: (term, binary) => {
      const { kind, name, level } = partsOf(term);
      const variable = nameIn(context, name);
      if (kind === "last") return `Ett standardavvik mer ${variable} sist det ble spurt`;
      if (kind === "change") return `Ett standardavvik mer ${variable} enn gangen før`;
      if (kind === "level") {
        const { chosen, first } = optionsOf(context, name, level);
        return `«${chosen}» mot «${first}»`;
      }
      return binary ? variable : `Ett standardavvik mer: ${variable}`;
    },
    leaving: (label, row) =>
      isClear(row)
        ? `${label} fulgtes av ${row.oddsRatio > 1 ? "høyere" : "lavere"} odds for å slutte: oddsforhold ${ratio(row)}.`
        : `${label} fulgtes av verken klart høyere eller klart lavere odds for å slutte: oddsforhold ${ratio(row)}.`,
    summary: ({ people, left, stayed, intermittent }, terms, means) => {
      const clear = terms.filter(isClear).length;
      const shown = lastMeans(means);
      return [
        `Av ${countText(people, "nb")} personer med svar om ${outcome} svarte ${countText(stayed, "nb")} i siste runde, og ${countText(left, "nb")} sluttet før den.${intermittent < FEWEST_PEOPLE ? "" : ` ${countText(intermittent, "nb")} gikk glipp av en runde og kom tilbake.`}`,
        clear === 0
          ? "Ingenting som var sett tidligere, hang klart sammen med å slutte."
          : `${clear} av de ${terms.length} tingene som ble undersøkt, hang klart sammen med å slutte. De som ble, er ikke helt de samme som de som begynte.`,
        ...(shown === undefined
          ? []
          : [
              `Da det ble spurt første gang, hadde de som senere sluttet, en gjennomsnittlig ${outcome} på ${numberText(shown.left, "nb", 2)}, og de som ble, ${numberText(shown.stayed, "nb", 2)}.`,
            ]),
        "Ingen analyse av svarene som finnes, kan vise hva de som sluttet ville ha svart. Anslagene ved siden av hverandre sier hvor mye det betyr under andre antakelser.",
      ];
    },
  };
}
