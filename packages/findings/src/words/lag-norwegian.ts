import type { Sureness, VerdictRule } from "../publication/types.ts";
import type { Verdict } from "../verdict/decide-verdict.ts";
import { limitText, pValueText } from "./numbers.ts";
import type { DirectionView, LagView, SentenceInput } from "./sentence-input.ts";
import {
  capitalise,
  type DirectionPair,
  type Sentences,
  type SureInput,
  uncapitalise,
} from "./sentence-parts.ts";

/** Conclusions on one direction, and on a claim about both. */
export const lagVerdicts: Readonly<Record<"lag" | "both", Readonly<Record<VerdictRule, string>>>> = {
  lag: {
    1: "En sammenheng, sterkere enn svak målt mot publiserte krysslag",
    2: "En sammenheng, men for liten til å bety noe etter vår grense",
    3: "En sammenheng, svak målt mot publiserte krysslag",
    4: "En sammenheng; den kan være mer enn svak målt mot publiserte krysslag, eller ikke",
    5: "Ingen sammenheng større enn grensen vår",
    6: "Uklart; hvis det er en sammenheng, er den svak målt mot publiserte krysslag",
    7: "Uklart: disse dataene kan ikke svare",
    not_fitted: "For få svar til å si noe",
  },
  both: {
    1: "Begge sammenhengene, sterkere enn svake målt mot publiserte krysslag",
    2: "Begge sammenhengene, men for små til å bety noe etter vår grense",
    3: "Begge sammenhengene, svake målt mot publiserte krysslag",
    4: "Begge sammenhengene; de kan være mer enn svake målt mot publiserte krysslag, eller ikke",
    5: "I ingen av retningene en sammenheng større enn grensen vår",
    6: "Uklart om begge finnes; en eventuell sammenheng er svak målt mot publiserte krysslag",
    7: "Uklart om begge finnes: disse dataene kan ikke svare",
    not_fitted: "For få svar til å si noe",
  },
};

const amounts: Sentences = { 1: "", 2: "ørlite ", 3: "litt ", 4: "", 5: "", 6: "", 7: "" };

function lessOrMore({ verdict, estimate }: Pick<DirectionView, "verdict" | "estimate">): string {
  return `${amounts[verdict.rule]}${estimate < 0 ? "mindre" : "mer"}`;
}

const lagSizes: Sentences = {
  1: "Sammenhengen er sterkere enn dem som kalles svake målt mot publiserte krysslag.",
  2: "Sammenhengen er innenfor grensen vår for hva som er for lite til å bety noe.",
  3: "Sammenhengen er svak målt mot publiserte krysslag.",
  4: "Om sammenhengen er mer enn svak målt mot publiserte krysslag, er ikke avgjort.",
  5: "En eventuell sammenheng er innenfor grensen vår for hva som er for lite til å bety noe.",
  6: "Hvis det er en sammenheng, er den svak målt mot publiserte krysslag.",
  7: "Disse dataene kan ikke svare.",
};

const anotherThing =
  "Hver persons eget nivå er holdt utenfor, men noe annet som endrer seg over tid, kan ligge bak begge deler.";

function lagCore(
  { from, to, later }: LagView,
  direction: Pick<DirectionView, "verdict" | "estimate">,
): string {
  const { rule } = direction.verdict;
  if (rule === 5) {
    return `Etter mer ${from} enn vanlig var det verken klart mindre eller klart mer ${to} ${later}.`;
  }
  if (rule === 6) {
    return `Etter mer ${from} enn vanlig var det kanskje litt mindre ${to}, litt mer, eller det samme ${later}.`;
  }
  if (rule === 7) {
    return `Etter mer ${from} enn vanlig var det kanskje mindre ${to}, mer ${to}, eller det samme ${later}.`;
  }
  return `Mer ${from} enn vanlig ble fulgt av ${lessOrMore(direction)} ${to} ${later}.`;
}

/** The sentence on one lagged path. */
export function lagSentence(input: SentenceInput): string {
  const { lag, verdict } = input;
  if (!lag) return "";
  const core = `${lagCore(lag, input)} ${lagSizes[verdict.rule]}`;
  return verdict.sure ? `${core} ${anotherThing}` : core;
}

/** "mer mosjon enn vanlig ble fulgt av mindre smerte". */
function followed(direction: DirectionView): string {
  const { from, to } = direction.lag;
  return `mer ${from} enn vanlig ble fulgt av ${lessOrMore(direction)} ${to}`;
}

const bothSizes: Sentences = {
  1: "Begge er sterkere enn dem som kalles svake målt mot publiserte krysslag.",
  2: "Begge er innenfor grensen vår for hva som er for lite til å bety noe.",
  3: "Begge er svake målt mot publiserte krysslag.",
  4: "Om begge er mer enn svake målt mot publiserte krysslag, er ikke avgjort.",
  5: "En eventuell sammenheng er i begge retninger innenfor grensen vår for hva som er for lite til å bety noe.",
  6: "En eventuell sammenheng er svak målt mot publiserte krysslag.",
  7: "Disse dataene kan ikke svare.",
};

/** The sentence on a claim about both directions. */
export function bothSentence({ directions, verdict }: SentenceInput): string {
  if (!directions) return "";
  return `${bothCore(directions)} ${bothSizes[verdict.rule]}${verdict.sure ? ` ${anotherThing}` : ""}`;
}

function bothCore(directions: DirectionPair): string {
  const [first, second] = directions;
  const sure = directions.filter(({ verdict }) => verdict.sure);
  if (sure.length === 2) {
    const { from, to, later } = second.lag;
    return `${capitalise(followed(first))}, og mer ${from} enn vanlig av ${lessOrMore(second)} ${to}, ${later}.`;
  }
  const [found] = sure;
  if (!found) return `${capitalise(notSure(first))}, og ${notSure(second)}.`;
  const other = found === first ? second : first;
  const caution =
    other.verdict.rule === 5 ? "" : " Det er ikke det samme som at ingen sammenheng finnes der.";
  return `Den ene retningen er klar: ${followed(found)} ${found.lag.later}. Den andre veien, ${notSure(other)}.${caution}`;
}

/** "fra smerte til mosjon senere er det uklart", or no link larger than the limit. */
function notSure({ lag, verdict }: DirectionView): string {
  const where = `fra ${lag.from} til ${lag.to} senere`;
  return verdict.rule === 5
    ? `${where} var det ingen sammenheng større enn grensen vår`
    : `${where} er det uklart`;
}

/** How sure a lagged path is, and why. */
export function lagSureWhy({ bounds, verdict }: SureInput): string {
  const [small, large] = [limitText(bounds.negligible, "nb"), limitText(bounds.noticeable, "nb")];
  const test = `${pValueText(bounds.pHolm)} når vi tar høyde for flere tester`;
  if (verdict.onlyUnadjusted && verdict.rule !== 5) {
    return `Alene utelater 95 %-intervallet null; med alle planlagte tester talt med holder det ikke (${pValueText(bounds.pHolm)}).`;
  }
  const why: Sentences = {
    1: `Hele 95 %-intervallet ligger utenfor ${large}, grensen vår for svak (${test}).`,
    2: `90 %-intervallet ligger innenfor ${small}, grensen vår for for lite til å bety noe (${test}).`,
    3: `90 %-intervallet ligger innenfor ${large}, grensen vår for svak (${test}).`,
    4: `At det er en, er klart (${test}); intervallet går forbi ${large}, grensen vår for svak.`,
    5: `Hele 90 %-intervallet ligger innenfor ${small}, grensen vår for for lite til å bety noe.`,
    6: `90 %-intervallet ligger innenfor ${large}, grensen vår for svak; 95 %-intervallet rommer null.`,
    7: `Intervallet går forbi ${large}, grensen vår for svak, så en sammenheng av en viss størrelse er ikke utelukket.`,
  };
  return why[verdict.rule];
}

/** How sure a claim about both directions is, and why. */
export function bothSureWhy({ bounds, verdict }: SureInput): string {
  const [small, large] = [limitText(bounds.negligible, "nb"), limitText(bounds.noticeable, "nb")];
  const sure = "Hver av retningene holder når vi tar høyde for flere tester";
  const why: Sentences = {
    1: `${sure}, og begge 95 %-intervallene ligger utenfor ${large}, grensen vår for svak.`,
    2: `${sure}, og begge 90 %-intervallene ligger innenfor ${small}, grensen vår for for lite til å bety noe.`,
    3: `${sure}, og begge 90 %-intervallene ligger innenfor ${large}, grensen vår for svak.`,
    4: `${sure}; de to intervallene avgjør ikke om begge er innenfor ${large}, grensen vår for svak.`,
    5: `Begge 90 %-intervallene ligger innenfor ${small}, grensen vår for for lite til å bety noe.`,
    6: `Begge 90 %-intervallene ligger innenfor ${large}, grensen vår for svak, men ikke begge testene holder.`,
    7: `Ikke begge testene holder, og et intervall går forbi ${large}, grensen vår for svak.`,
  };
  return why[verdict.rule];
}

/** The answer's sentence on what comes later, in both directions. */
export function leadLater(directions: DirectionPair): string {
  const [first, second] = directions;
  const later = capitalise(first.lag.later);
  const sure = directions.filter(({ verdict }) => verdict.sure);
  if (sure.length === 2) {
    const { from, to } = second.lag;
    return `${later} gikk det begge veier: ${followed(first)}, og mer ${from} av ${lessOrMore(second)} ${to}.`;
  }
  const small = directions.filter(({ verdict }) => verdict.rule === 5);
  const [found] = sure;
  if (found) {
    const other = small.length > 0 ? "var det ingen sammenheng større enn grensen vår" : "er det uklart";
    return `${later}: ${followed(found)}. Den andre veien ${other}.`;
  }
  if (small.length === 2) {
    return `${later} var det ingen sammenheng større enn grensen vår, i noen av retningene.`;
  }
  const [none] = small;
  if (none) {
    return `${later} var det ingen sammenheng større enn grensen vår fra ${none.lag.from} til ${none.lag.to}. Den andre veien er det uklart.`;
  }
  return `Om det ene følges av det andre ${first.lag.later}, er uklart, i begge retninger.`;
}

const sureWords: Readonly<Record<Sureness, string>> = {
  clear: "klart",
  "fairly clear": "nokså klart",
  "not clear": "ikke klart",
};

/** The answer's sentence on how clear the short and the long term are. */
export function leadSure({
  short,
  long,
}: {
  readonly short: Sureness;
  readonly long: Sureness | undefined;
}): string {
  return long === undefined
    ? `Så sikkert er det: ${sureWords[short]}.`
    : `Så sikkert er det: ${sureWords[short]} på kort sikt, ${sureWords[long]} på lang sikt.`;
}

/** The words of a verdict with what stands before or behind them. */
export function flagged(words: string, verdict: Verdict): string {
  if (verdict.opposite) return `Det motsatte av det vi ventet, i minst én retning: ${uncapitalise(words)}`;
  if (!verdict.onlyUnadjusted) return words;
  return `${words} (disse testene alene peker på begge, men ikke når vi tar høyde for flere tester)`;
}
