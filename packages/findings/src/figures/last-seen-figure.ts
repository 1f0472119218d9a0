import { type Figure, type FigureContext, formatNumber, lastWaveMeans } from "@longwave/figure";
import type { Protocol } from "@longwave/study";
import type { LastSeenMeans } from "../publication/alternative-types.ts";
import type { Language } from "../publication/types.ts";
import { capitalise } from "../words/sentence-parts.ts";
import { localText } from "../words/study-names.ts";

export interface LastSeenInput {
  readonly protocol: Protocol;
  /** Groups of at least ten people, as the attrition report gives them. */
  readonly lastSeen: readonly LastSeenMeans[];
  readonly note: string;
  readonly language: Language;
  readonly context: FigureContext;
}

const texts = {
  en: {
    title: (outcome: string, left: string, stayed: string) =>
      `Mean ${outcome} at the last answer: ${left} among those who left, ${stayed} among those who stayed`,
    bare: (outcome: string) => `Mean ${outcome} before the last answer`,
    reading:
      "Each line is the people whose last answer was at the same wave, lined up at that answer, with 95% intervals. Groups of fewer than ten are left out.",
    wave: "Wave",
  },
  nb: {
    title: (outcome: string, left: string, stayed: string) =>
      `Gjennomsnittlig ${outcome} ved siste svar: ${left} blant dem som sluttet, ${stayed} blant dem som ble med`,
    bare: (outcome: string) => `Gjennomsnittlig ${outcome} før siste svar`,
    reading:
      "Hver linje er personene som svarte sist i samme runde, stilt opp ved det svaret, med 95 % intervall. Grupper under ti personer er utelatt.",
    wave: "Runde",
  },
} as const;

/** Means of the outcome before people's last answer, by the wave of that answer: after what people left. */
export function lastSeenFigure({
  protocol,
  lastSeen,
  note,
  language,
  context,
}: LastSeenInput): readonly Figure[] {
  const shown = lastSeen.filter(({ means }) => means.length > 0);
  if (shown.length === 0) return [];
  const words = texts[language];
  const { outcome } = protocol.plan.variables;
  const last = protocol.waves.length;
  const groups = shown.map(({ lastWave, people, means }) => ({
    label: `${words.wave} ${lastWave}`,
    people,
    stayed: lastWave === last,
    points: means.map(({ wave, people: count, mean, lower, upper }) => ({
      before: lastWave - wave,
      count,
      mean,
      lower,
      upper,
    })),
  }));
  const heading = {
    title: titleOf(shown, last, { language, name: localText(outcome.label, language) }),
    reading: words.reading,
  };
  const yLabel = capitalise(localText(outcome.label, language));
  return [lastWaveMeans({ yLabel, groups }, { id: "last-wave-means", ...heading, note }, context)];
}

function titleOf(
  groups: readonly LastSeenMeans[],
  last: number,
  { language, name }: { readonly language: Language; readonly name: string },
): string {
  const words = texts[language];
  const at = (own: readonly LastSeenMeans[]): number => {
    const points = own.flatMap(({ means, lastWave }) => means.filter(({ wave }) => wave === lastWave));
    const people = points.reduce((sum, point) => sum + point.people, 0);
    return points.reduce((sum, point) => sum + point.people * point.mean, 0) / people;
  };
  const left = at(groups.filter(({ lastWave }) => lastWave < last));
  const stayed = at(groups.filter(({ lastWave }) => lastWave === last));
  if (![left, stayed].every(Number.isFinite)) return words.bare(name);
  return words.title(name, formatNumber(left, 1, language), formatNumber(stayed, 1, language));
}
