import type { CurrentWave, Language, ParticipantState, ParticipantWave } from "@longwave/api";
import type { LocalText, Protocol } from "@longwave/study";
import { isLocked, waveState } from "@longwave/study";
import { holderMark } from "../access/links.ts";
import type { OnlyWave } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { areTakenFor } from "../joining/door.ts";
import { textFor } from "../protocol/text-for.ts";
import { sessionLogOf } from "../sessions/session-log.ts";
import { progressOf, standingAnswers, type WaveProgress } from "../store/queries/answers.ts";
import { asksAgain, declinedBy, latestConsent } from "../store/queries/consents.ts";
import type { Person } from "../store/queries/people.ts";
import { type StudyRow, studyById } from "../store/queries/studies.ts";
import { offeredLanguages } from "../studies/languages.ts";
import { noticeAddresses } from "../studies/notices.ts";
import { consentFormFor } from "./consent-form.ts";
import { formFor, languageFor } from "./form.ts";

/** A person, their study and its protocol: what every handler for participants starts from. */
export interface Participation {
  readonly person: Person;
  readonly study: StudyRow;
  /** The text in force. */
  readonly protocol: Protocol;
  /** That text as far as this person has consented: what they are asked, and when. */
  readonly asked: Protocol;
}

/** Looks up the study of a person. */
export async function participationOf(context: ServerContext, person: Person): Promise<Participation> {
  const study = await studyById(context.store.db, person.study);
  if (!study) throw new Error(`person ${person.id} belongs to study ${person.study}, which is not there`);
  return participationIn(context, study, person);
}

/** A person in a study that has been looked up. */
export async function participationIn(
  context: Pick<ServerContext, "store" | "compiler">,
  study: StudyRow,
  person: Person,
): Promise<Participation> {
  const protocol = context.compiler.protocol(study);
  if (study.version === 1 || person.enrolledAt === undefined)
    return { person, study, protocol, asked: protocol };
  const { db } = context.store;
  const given = await latestConsent(db, person);
  return { person, study, protocol, asked: (await textFor(context, db, study))(given?.version) };
}

/** The waves of an enrolled person and where they stand now; none before enrolment. */
export function wavesOf(
  { compiler }: Pick<ServerContext, "compiler">,
  participation: Pick<Participation, "person" | "asked">,
  progress: WaveProgress & { readonly withdrawnAt?: number | undefined },
  now: number,
): readonly ParticipantWave[] {
  const { enrolledAt, timeZone, moves, held } = participation.person;
  if (enrolledAt === undefined || timeZone === undefined) return [];
  const { windows } = compiler.schedule(participation.asked).enrolled({ enrolledAt, timeZone, moves, held });
  return windows.map((window, index) => ({
    id: window.wave,
    number: index + 1,
    state: waveState(
      window,
      {
        started: progress.started.has(window.wave),
        finished: progress.finished.has(window.wave),
        withdrawnAt: progress.withdrawnAt,
      },
      now,
    ),
    opensAt: window.opensAt,
    closesAt: window.closesAt,
    targetDate: window.targetDate,
  }));
}

/** All that the participant app shows to this person now; to a visit for one wave alone, nothing from before it. */
export async function participantState(
  context: ServerContext,
  person: Person,
  {
    language: wanted,
    only,
  }: { readonly language?: Language | undefined; readonly only?: OnlyWave | undefined } = {},
): Promise<ParticipantState> {
  const participation = await participationOf(context, person);
  const { study, protocol } = participation;
  const { db } = context.store;
  const now = context.now();
  const language = languageFor(participation, wanted);
  const locked = isLocked(study.phase);
  const latest = await latestConsent(db, person);
  const given = hidden(latest, only);
  const again = only || locked ? false : await isAskedAgain(context, participation, latest?.version);
  const progress = await progressOf(db, person);
  const waves = wavesOf(context, participation, progress, now).map((wave) => shownTo(only, wave));
  const current = locked ? undefined : await currentWave(context, participation, waves, only);
  const sessions = locked || only ? undefined : await sessionLogOf(context, participation, given?.ticks);
  const thanks = thanksFor(waves, progress, only);
  return {
    study: {
      id: study.id,
      title: inLanguage(study.title, language),
      question: inLanguage(protocol.question, language),
      simulated: study.simulated,
      tryIt: study.tryIt,
      locked,
      paused: study.pausedAt !== undefined,
      recruiting: study.phase === "recruiting" && !(await areTakenFor(db, protocol, person)),
      contact: { name: protocol.contact.name, email: protocol.contact.email },
      help: inLanguage(protocol.safety.helpText, language),
      notices: noticeAddresses(study.id, protocol, language),
    },
    holder: holderMark(context.linkKey, person),
    language,
    languages: offeredLanguages(study, protocol),
    now,
    consent: {
      form: await consentFormFor(context, db, study, { language, given: latest?.version }),
      ...(given ? { given } : {}),
      ...(again ? { again: { whenDeclined: protocol.consent.whenDeclined ?? "leave" } } : {}),
    },
    waves,
    ...(current ? { current } : {}),
    ...(sessions ? { sessions } : {}),
    ...(thanks && !current ? { thanks } : {}),
  };
}

/** Whether somebody is asked to consent anew: the study was amended, and they neither agreed nor declined since. */
export async function isAskedAgain(
  { store }: Pick<ServerContext, "store">,
  { person, protocol }: Pick<Participation, "person" | "protocol">,
  given: number | undefined,
): Promise<boolean> {
  const { version } = protocol.consent;
  if (!asksAgain(version, given, false)) return false;
  const declined = await declinedBy(store.db, person.study, { people: [person.id], version });
  return !declined.has(person.id);
}

/** The words in a language, or in English where they have not been translated. */
function inLanguage(text: LocalText, language: Language): string {
  return text[language] ?? text.en;
}

async function currentWave(
  context: ServerContext,
  participation: Participation,
  waves: readonly ParticipantWave[],
  only: OnlyWave | undefined,
): Promise<CurrentWave | undefined> {
  const wave = waves.find(({ state }) => state === "open" || state === "started");
  if (!wave) return undefined;
  const { person } = participation;
  const at = { study: person.study, person: person.id, wave: wave.id, since: only?.since ?? 0 };
  const { answers, ids } = await standingAnswers(context.store.db, at);
  return { form: await formFor(context, participation, wave.id), answers, answerIds: ids };
}

type Given = NonNullable<ParticipantState["consent"]["given"]>;

/** Consent is known by every visit; which boxes were ticked, not by one for one wave alone. */
function hidden(given: Given | undefined, only: OnlyWave | undefined): Given | undefined {
  return given && only ? { ...given, ticks: {} } : given;
}

/** A visit for one wave alone does not tell which others were answered, nor can it answer them. */
function shownTo(only: OnlyWave | undefined, wave: ParticipantWave): ParticipantWave {
  if (only === undefined || only.wave === wave.id || wave.state === "not_yet") return wave;
  return { ...wave, state: "missed" };
}

function thanksFor(
  waves: readonly ParticipantWave[],
  progress: WaveProgress,
  only: OnlyWave | undefined,
): ParticipantState["thanks"] {
  const last = waves
    .filter(({ id }) => progress.finished.has(id) && (only === undefined || only.wave === id))
    .at(-1);
  const at = last && progress.finished.get(last.id);
  if (!last || at === undefined) return undefined;
  const next = waves.find(({ number, state }) => number > last.number && state === "not_yet");
  const coming = next && { wave: next.id, opensAt: next.opensAt, targetDate: next.targetDate };
  return { wave: last.id, at, ...(coming ? { next: coming } : {}) };
}
