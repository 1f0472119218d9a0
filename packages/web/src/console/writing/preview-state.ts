import type { Language, ParticipantState } from "@longwave/api";
import { compileConsent, compileEventForm, compileForm, type Protocol, waveWindows } from "@longwave/study";
import type { PreviewMessage } from "../../preview/message.ts";

/** What the preview shows: from the consent on, or the questions of a wave. */
export type PreviewPart = "consent" | string;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What somebody would meet who is about to answer, in every language of the study. */
export function previewOf(
  protocol: Protocol,
  { part, language }: { readonly part: PreviewPart; readonly language: Language },
  now: number,
): PreviewMessage {
  const states = protocol.languages.map((each) => [each, stateIn(protocol, { part, language: each }, now)]);
  return { kind: "longwave-preview", language, states: Object.fromEntries(states) };
}

function stateIn(
  protocol: Protocol,
  { part, language }: { readonly part: PreviewPart; readonly language: Language },
  now: number,
): ParticipantState {
  const wave = protocol.waves.find(({ id }) => id === part) ?? protocol.waves[0];
  const form = compileConsent(protocol, language);
  const ticks = Object.fromEntries(form.ticks.map(({ id }) => [id, true]));
  const given = part === "consent" ? {} : { given: { at: now - DAY_MS, version: form.version, ticks } };
  return {
    study: {
      ...{
        id: protocol.id,
        title: words(protocol.title, language),
        question: words(protocol.question, language),
      },
      ...{ simulated: false, tryIt: false, locked: false, paused: false, recruiting: true },
      contact: { name: protocol.contact.name, email: protocol.contact.email },
    },
    holder: "preview",
    language,
    languages: protocol.languages,
    now,
    consent: { form, ...given },
    waves: wavesAround(protocol, wave?.id ?? "", now),
    ...(wave === undefined
      ? {}
      : { current: { form: compileForm(protocol, wave.id, language), answers: {}, answerIds: {} } }),
    sessions: {
      forms: (["session", "rest"] as const).flatMap(
        (kind) => compileEventForm(protocol, kind, language) ?? [],
      ),
      begun: [],
    },
  };
}

/** The waves of somebody for whom this one is open now. */
function wavesAround(protocol: Protocol, open: string, now: number): ParticipantState["waves"] {
  const at = protocol.waves.findIndex(({ id }) => id === open);
  const enrolledAt = now - HOUR_MS - (protocol.waves[at]?.offsetDays ?? 0) * DAY_MS;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return waveWindows(protocol, { enrolledAt, timeZone }).map(({ wave, ...window }, index) => ({
    ...{ id: wave, number: index + 1, ...window },
    state: index < at ? ("completed" as const) : index === at ? ("open" as const) : ("not_yet" as const),
  }));
}

function words(text: { readonly en: string; readonly nb?: string }, language: Language): string {
  return language === "nb" ? (text.nb ?? text.en) : text.en;
}
