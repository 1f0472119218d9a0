import { createRandom, type Random } from "@longwave/stats";
import {
  type AnswerRecord,
  compileForm,
  type PersonRecord,
  type Protocol,
  type WaveWindow,
} from "@longwave/study";
import type { WaveForm } from "@longwave/study/answering";
import { answerWave } from "./answer-wave.ts";
import { createCalendar, drawEnrolment, drawWaveStart, yearOf } from "./calendar.ts";
import { drawIdentifier } from "./identifier.ts";
import { drawValues } from "./item-values.ts";
import { paced } from "./pace.ts";
import { drawPerson, type SimulatedPerson } from "./person.ts";
import { drawResponse } from "./response.ts";
import { drawScores, type WaveScores } from "./scores.ts";
import { drawSessions } from "./sessions.ts";
import { latentTruth, type SimulationTruth, simulationTruth, type WithinTruth } from "./truth.ts";

export interface SimulationOptions {
  readonly seed: number;
  /** People invited; 6,419 unless said otherwise. */
  readonly people?: number;
  /** First invitation, ms UTC. */
  readonly startAt: number;
  readonly timeZone: string;
  /** Another within-person truth than the stated one, part by part. */
  readonly within?: Partial<WithinTruth>;
}

/** People and answers as the server would store them, with the truth they were made from. */
export interface SimulatedStudy {
  readonly people: readonly PersonRecord[];
  readonly answers: readonly AnswerRecord[];
  /** Those who ticked that they may log exercise sessions. */
  readonly sessionLoggers: readonly string[];
  /** What an analysis should find; undefined for another truth than the stated one. */
  readonly truth: SimulationTruth | undefined;
}

interface Drawn {
  readonly person: SimulatedPerson;
  readonly scores: readonly WaveScores[];
  readonly answered: readonly boolean[];
}

type UnnumberedAnswer = Omit<AnswerRecord, "seq">;

const INVITED = 6419;
/** Of those who never answer, the share that gave consent all the same. */
const CONSENT_ONLY = 0.02;

/**
 * A whole study of simulated people, in the protocol's own codes: deterministic for a seed. Answers come in
 * the order in which they were given and are numbered from 1.
 */
export function simulateStudy(protocol: Protocol, options: SimulationOptions): SimulatedStudy {
  const forms = protocol.waves.map((wave) => compileForm(protocol, wave.id, "en"));
  const windowsOf = createCalendar(protocol, options.timeZone);
  const root = createRandom(options.seed);
  const within = { ...latentTruth.within, ...options.within };
  const people: PersonRecord[] = [];
  const answers: UnnumberedAnswer[] = [];
  const sessionLoggers: string[] = [];
  for (let index = 0; index < (options.people ?? INVITED); index++) {
    const random = root.fork(`person ${index}`);
    const pace = root.fork(`pace ${index}`);
    const id = drawIdentifier(random);
    const drawn = drawCourse(random, forms.length, within);
    const enrolledAt = drawEnrolment(random, options.startAt);
    const enrols = drawn.answered.includes(true) || random.uniform() < CONSENT_ONLY;
    people.push(personRecord(id, options, enrols ? enrolledAt : undefined));
    if (enrols) {
      const diary = root.fork(`sessions ${index}`);
      const logged = drawn.answered.includes(true)
        ? drawSessions({ random: diary, protocol, id, person: drawn.person, enrolledAt })
        : [];
      if (logged.length > 0) sessionLoggers.push(id);
      answers.push(
        ...logged,
        ...personAnswers({ random, pace, id, drawn, forms, windows: windowsOf(enrolledAt), enrolledAt }),
      );
    }
  }
  return {
    people,
    answers: inOrder(answers),
    sessionLoggers,
    truth: options.within ? undefined : simulationTruth,
  };
}

/** One person drawn from the truth: background, scores at each wave, and the waves answered. */
export function drawCourse(random: Random, waves: number, within?: WithinTruth): Drawn {
  const person = drawPerson(random);
  const scores = drawScores(random, person, waves, within);
  return { person, scores, answered: drawResponse(random, person, scores) };
}

function personRecord(id: string, options: SimulationOptions, enrolledAt: number | undefined): PersonRecord {
  const invited = { id, invitedAt: options.startAt, timeZone: options.timeZone, language: "en" as const };
  return enrolledAt === undefined ? invited : { ...invited, enrolledAt };
}

interface Course {
  readonly random: Random;
  readonly pace: Random;
  readonly id: string;
  readonly drawn: Drawn;
  readonly forms: readonly WaveForm[];
  readonly windows: readonly WaveWindow[];
  readonly enrolledAt: number;
}

function personAnswers(course: Course): readonly UnnumberedAnswer[] {
  const { random, pace, drawn, windows, enrolledAt } = course;
  const first = drawn.scores[0];
  return course.forms.flatMap((form, wave) => {
    const score = drawn.scores[wave];
    const window = windows.find((candidate) => candidate.wave === form.wave);
    if (!drawn.answered[wave] || !score || !first || !window) return [];
    const startedAt = drawWaveStart(random, window, enrolledAt, wave === 0);
    const moment = { person: drawn.person, score, first, year: yearOf(startedAt) };
    const given = answerWave(random, form, drawValues(random, moment), startedAt);
    return paced(pace, given, startedAt).map((answer) => ({
      id: drawIdentifier(random),
      person: course.id,
      wave: form.wave,
      ...answer,
    }));
  });
}

function inOrder(answers: UnnumberedAnswer[]): readonly AnswerRecord[] {
  answers.sort((a, b) => a.answeredAt - b.answeredAt);
  return answers.map((answer, index) => ({ seq: index + 1, ...answer }));
}
