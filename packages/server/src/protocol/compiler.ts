import type { Language } from "@longwave/api";
import type { FeedbackRules, Protocol, Schedule, TextVersion } from "@longwave/study";
import {
  compileConsent,
  compileEventForm,
  compileFeedback,
  compileForm,
  compileSchedule,
  textUnder,
} from "@longwave/study";
import type { ConsentForm, EventForm, WaveForm } from "@longwave/study/answering";
import { readProtocol } from "@longwave/study/text";
import type { StudyRow } from "../store/queries/studies.ts";

/** Which form: a wave in a language, for someone who has met these items at earlier waves. */
interface FormWanted {
  readonly wave: string;
  readonly language: Language;
  readonly answeredBefore: readonly string[];
}

/** Protocols and forms made from their text once for each process. */
export interface Compiler {
  protocol(study: Pick<StudyRow, "protocolText" | "protocolHash" | "protocolId">): Protocol;
  /** The text in force as it stands for who has consented to a version of the consent and to no later one. */
  under(study: Pick<StudyRow, "id" | "version">, versions: readonly TextVersion[], consent: number): Protocol;
  form(protocol: Protocol, wanted: FormWanted): WaveForm;
  /** The forms of sessions and rests, where the study has any. */
  events(protocol: Protocol, language: Language): readonly EventForm[];
  /** The calendar of a protocol, with what it remembers of days and zones. */
  schedule(protocol: Protocol): Schedule;
  consent(protocol: Protocol, language: Language): ConsentForm;
  /** The rules of personal feedback, where the study has any. */
  feedback(protocol: Protocol, language: Language): FeedbackRules | undefined;
}

// Nearly everyone has one of a few forms; who stopped at an odd place has one of their own.
const MOST_FORMS = 300;

/** A compiler with an empty memory. */
export function createCompiler(): Compiler {
  const protocols = new Map<string, Protocol>();
  const forms = new WeakMap<Protocol, Map<string, WaveForm>>();
  const events = new WeakMap<Protocol, Map<string, readonly EventForm[]>>();
  const schedules = new WeakMap<Protocol, Map<string, Schedule>>();
  const consents = new WeakMap<Protocol, Map<string, ConsentForm>>();
  const feedback = new WeakMap<Protocol, Map<string, FeedbackRules | undefined>>();
  const under = new WeakMap<Protocol, Map<string, Protocol>>();
  return {
    protocol: ({ protocolText, protocolHash, protocolId }) =>
      remember(protocols, protocolHash, () => readProtocol(protocolText, `${protocolId}.yaml`)),
    under({ id, version }, versions, consent) {
      const [first, ...others] = versions.map(({ protocol }) => protocol);
      if (first === undefined) throw new Error(`study ${id} has no version of its text`);
      const key = `${id} ${version} ${versions.length} ${consent}`;
      const known = rememberIn(under, others.at(-1) ?? first);
      return remember(known, key, () => textUnder([first, ...others], consent));
    },
    form: (protocol, wanted) => rememberForm(rememberIn(forms, protocol), protocol, wanted),
    events: (protocol, language) =>
      remember(rememberIn(events, protocol), language, () => eventForms(protocol, language)),
    schedule: (protocol) => remember(rememberIn(schedules, protocol), "", () => compileSchedule(protocol)),
    consent: (protocol, language) =>
      remember(rememberIn(consents, protocol), language, () => compileConsent(protocol, language)),
    feedback: (protocol, language) =>
      remember(rememberIn(feedback, protocol), language, () => compileFeedback(protocol, language)),
  };
}

function eventForms(protocol: Protocol, language: Language): readonly EventForm[] {
  return (["session", "rest"] as const).flatMap(
    (trigger) => compileEventForm(protocol, trigger, language) ?? [],
  );
}

/** People who have met the same of a wave's items have the same form. */
function rememberForm(memory: Map<string, WaveForm>, protocol: Protocol, wanted: FormWanted): WaveForm {
  const { wave, language, answeredBefore } = wanted;
  if (memory.size > MOST_FORMS) memory.clear();
  const make = (met: readonly string[]) => () => compileForm(protocol, wave, language, met);
  const whole = remember(memory, `${wave} ${language}`, make([]));
  const met = whole.items.flatMap(({ id }) => (answeredBefore.includes(id) ? [id] : []));
  return remember(memory, `${wave} ${language} ${met.join(" ")}`, make(met));
}

function remember<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const found = memory.get(key);
  if (found !== undefined) return found;
  const made = make();
  memory.set(key, made);
  return made;
}

function rememberIn<T>(memory: WeakMap<Protocol, Map<string, T>>, protocol: Protocol): Map<string, T> {
  const found = memory.get(protocol) ?? new Map<string, T>();
  memory.set(protocol, found);
  return found;
}
