import { compileConsent } from "../consent/compile-consent.ts";
import { compileEventForm } from "../instruments/compile-event-form.ts";
import { compileForm, unconfirmedInstruments } from "../instruments/compile-form.ts";
import { planHash, protocolHash } from "../protocol/hash.ts";
import type { Instrument, Language, LocalText, Protocol } from "../protocol/types.ts";
import { localDateOf } from "../schedule/rest-moments.ts";
import { compileSchedule } from "../schedule/timetable.ts";
import { consentSeconds, type FormTime, formTime } from "./minutes.ts";
import { type LanguageReading, studyReading } from "./reading.ts";

/** A message and the day it may come, YYYY-MM-DD. */
interface OutlineMessage {
  readonly contact: string;
  readonly date: string;
}

/** One wave of someone who joins on the day asked about. Days are YYYY-MM-DD, times are seconds. */
export interface OutlineWave {
  readonly id: string;
  readonly label: LocalText;
  readonly opens: string;
  readonly target: string;
  /** The last day on which it can be answered. */
  readonly closes: string;
  readonly questions: number;
  /** What the study text promises. */
  readonly promisedMinutes: number;
  readonly seconds: FormTime;
  /** Reading the consent, which the first wave begins with. */
  readonly consentSeconds: number;
  /** The longest way takes noticeably longer than promised. */
  readonly overPromise: boolean;
  readonly messages: readonly OutlineMessage[];
}

/** What a study text says, for whoever wrote it: nothing in it is new, it is only counted and dated. */
export interface StudyOutline {
  readonly id: string;
  readonly version: string;
  readonly title: LocalText;
  readonly hash: string;
  readonly planHash: string;
  readonly languages: readonly Language[];
  readonly day: string;
  readonly timeZone: string;
  /** For someone invited that day; nobody is written to again after `closes`. */
  readonly recruitment: { readonly messages: readonly OutlineMessage[]; readonly closes: string };
  readonly waves: readonly OutlineWave[];
  /** Parts of sessions and rests. */
  readonly events: readonly {
    readonly event: string;
    readonly part: string;
    readonly seconds: FormTime;
  }[];
  readonly reading: readonly LanguageReading[];
  /** Languages with words that no named person has confirmed: recruitment waits for them. */
  readonly unconfirmed: readonly { readonly language: Language; readonly instruments: readonly string[] }[];
  readonly instruments: readonly Pick<Instrument, "id" | "role" | "status" | "source" | "recall">[];
}

/** A quarter more than promised is no longer a slip of the estimate. */
const NOTICEABLY = 1.25;

/**
 * What a study text says, counted and dated for someone who joins at a moment.
 *
 * @param joins `at` is ms UTC; the zone is an IANA name.
 * @throws StudyError `schedule.unknown-time-zone`
 */
export function outlineStudy(
  protocol: Protocol,
  joins: { readonly at: number; readonly timeZone: string },
): StudyOutline {
  const { at, timeZone } = joins;
  const { id, version, title, languages } = protocol;
  return {
    ...{ id, version, title, languages },
    hash: protocolHash(protocol),
    planHash: planHash(protocol),
    day: localDateOf(at, timeZone),
    timeZone,
    recruitment: recruitmentOf(protocol, joins),
    waves: wavesOf(protocol, joins),
    events: eventsOf(protocol),
    reading: studyReading(protocol),
    unconfirmed: languages.flatMap((language) => {
      const instruments = unconfirmedInstruments(protocol, language).map((each) => each.id);
      return instruments.length === 0 ? [] : [{ language, instruments }];
    }),
    instruments: protocol.instruments.map(({ id, role, status, source, recall }) => ({
      ...{ id, role, status },
      ...(source === undefined ? {} : { source }),
      ...(recall === undefined ? {} : { recall }),
    })),
  };
}

function recruitmentOf(
  protocol: Protocol,
  { at, timeZone }: { readonly at: number; readonly timeZone: string },
): StudyOutline["recruitment"] {
  const schedule = compileSchedule(protocol);
  const { contacts } = schedule.invited(at, timeZone);
  const closesAt = schedule.time.startOf(
    schedule.time.dayOf(at, timeZone) + protocol.recruitment.closesDay,
    timeZone,
  );
  return {
    messages: contacts.map(({ contact, from }) => ({ contact, date: localDateOf(from, timeZone) })),
    closes: localDateOf(closesAt - 1, timeZone),
  };
}

function wavesOf(
  protocol: Protocol,
  { at, timeZone }: { readonly at: number; readonly timeZone: string },
): readonly OutlineWave[] {
  const { windows, contacts } = compileSchedule(protocol).enrolled({ enrolledAt: at, timeZone });
  return windows.flatMap((window, index): readonly OutlineWave[] => {
    const wave = protocol.waves.find(({ id }) => id === window.wave);
    if (wave === undefined) return [];
    return [
      {
        ...{ id: wave.id, label: wave.label, target: window.targetDate },
        opens: localDateOf(window.opensAt, timeZone),
        closes: localDateOf(window.closesAt - 1, timeZone),
        ...timesOf(protocol, wave.id, index === 0),
        messages: contacts
          .filter((each) => each.wave === wave.id)
          .map(({ contact, from }) => ({ contact, date: localDateOf(from, timeZone) })),
      },
    ];
  });
}

/** The language that takes longest counts: a promise is made to everyone. */
function timesOf(
  protocol: Protocol,
  wave: string,
  isFirst: boolean,
): Pick<OutlineWave, "questions" | "promisedMinutes" | "seconds" | "consentSeconds" | "overPromise"> {
  const forms = protocol.languages.map((language) => compileForm(protocol, wave, language));
  const times = forms.map(({ items }) => formTime(items));
  const seconds = {
    longest: Math.max(...times.map(({ longest }) => longest)),
    shortest: Math.max(...times.map(({ shortest }) => shortest)),
  };
  const consent = isFirst
    ? Math.max(...protocol.languages.map((language) => consentSeconds(compileConsent(protocol, language))))
    : 0;
  const promisedMinutes = protocol.minutesByWave[wave] ?? 0;
  return {
    questions: Math.max(...forms.map(({ items }) => items.length)),
    ...{ promisedMinutes, seconds, consentSeconds: consent },
    overPromise: seconds.longest + consent > NOTICEABLY * 60 * promisedMinutes,
  };
}

function eventsOf(protocol: Protocol): StudyOutline["events"] {
  return (["session", "rest"] as const).flatMap((trigger) => {
    const forms = protocol.languages.flatMap(
      (language) => compileEventForm(protocol, trigger, language) ?? [],
    );
    const [form] = forms;
    return (form?.parts ?? []).map(({ id, items }) => ({
      event: form?.event ?? trigger,
      part: id,
      seconds: formTime(items),
    }));
  });
}
