import { type Figure, type FigureContext, participantFlow } from "@longwave/figure";
import type { Dataset, Protocol } from "@longwave/study";
import type { AnswerSource, Language } from "../publication/types.ts";
import { countText } from "../words/numbers.ts";
import { localText } from "../words/study-names.ts";

const stageLabels = {
  en: {
    consented: "Gave consent",
    once: "Answered at least once",
    twice: "Answered twice or more",
    all: "Answered every wave",
  },
  nb: {
    consented: "Samtykket",
    once: "Svarte minst én gang",
    twice: "Svarte to ganger eller mer",
    all: "Svarte hver runde",
  },
} as const;

export interface FlowFigureInput {
  readonly protocol: Protocol;
  readonly flow: Dataset["flow"];
  readonly origin: AnswerSource;
  readonly note: string;
  readonly context: FigureContext;
  readonly language: Language;
}

const fileStart = {
  en: { label: "In the file", share: "Of people in the file" },
  nb: { label: "I filen", share: "Av personene i filen" },
} as const;

/** Who was invited (or is in the file) and who answered, as bars. A file knows nothing of consent. */
export function flowFigure({ protocol, flow, origin, note, context, language }: FlowFigureInput): Figure {
  const labels = stageLabels[language];
  const waves = flow.waves.map((wave) => {
    const text = protocol.waves.find((known) => known.id === wave.wave)?.label;
    return {
      label: text ? localText(text, language) : wave.wave,
      count: wave.answered,
      kind: "wave" as const,
    };
  });
  const group = (label: string, count: number) => ({ label, count, kind: "group" as const });
  const stages = [
    ...(origin === "study" ? [group(labels.consented, flow.consented)] : []),
    group(labels.once, flow.answeredOnce),
    ...waves,
    group(labels.twice, flow.answeredTwice),
    group(labels.all, flow.answeredAll),
  ];
  const words = { id: "participant-flow", ...flowWords(flow, origin, language), note };
  const start = origin === "file" ? { start: fileStart[language] } : {};
  return participantFlow({ invited: flow.invited, ...start, stages }, words, context);
}

function flowWords(
  flow: Dataset["flow"],
  origin: AnswerSource,
  language: Language,
): { title: string; reading: string } {
  const [twice, invited] = [countText(flow.answeredTwice, language), countText(flow.invited, language)];
  if (language === "nb") {
    return {
      title: `${twice} av ${invited} ${origin === "file" ? "personer i filen" : "inviterte"} svarte minst to ganger`,
      reading: "De som svarte to ganger eller mer, kan sammenlignes med seg selv.",
    };
  }
  return {
    title: `${twice} of ${invited} ${origin === "file" ? "people in the file" : "invited people"} answered at least twice`,
    reading: "People who answered twice or more can be compared with themselves.",
  };
}
