import type { ParticipantState, PublicStudy } from "@longwave/api";
import { exampleConsent, exampleForm } from "./example-form.ts";

const day = 86_400_000;
const now: number = Date.parse("2026-11-23T10:00:00Z");

/** A person who has opened the link and not yet consented. */
export const beforeConsent: ParticipantState = {
  study: {
    id: "try",
    title: "Exercise and pain (try it)",
    question: "Do people have more or less pain in weeks when they exercise more than they usually do?",
    simulated: true,
    tryIt: true,
    locked: false,
    paused: false,
    recruiting: true,
    contact: { name: "the study team", email: "study@example.org" },
  },
  holder: "example-holder",
  language: "en",
  languages: ["en", "nb"],
  now,
  consent: { form: exampleConsent },
  waves: [0, 91, 182, 273, 364].map((offset, index) => ({
    id: `w${index + 1}`,
    number: index + 1,
    state: "not_yet",
    opensAt: now + (index === 0 ? 0 : offset - 7) * day,
    closesAt: now + (offset + 21) * day,
    targetDate: new Date(now + offset * day).toISOString().slice(0, 10),
  })),
};

const [first, ...later] = beforeConsent.waves;
const given = { at: now, version: 1, ticks: { take_part: true } };

/** A person who said yes to the version before, and is asked anew. */
export const consentAgain: ParticipantState = {
  ...beforeConsent,
  consent: {
    form: { ...exampleConsent, version: 2, changes: ["The second round is open a week longer."] },
    given: { at: now, version: 1, ticks: { take_part: true } },
    again: { whenDeclined: "stay" },
  },
};

/** A person in the middle of the first wave. */
export const inWave: ParticipantState = {
  ...beforeConsent,
  consent: { ...beforeConsent.consent, given },
  waves: [...(first === undefined ? [] : [{ ...first, state: "open" as const }]), ...later],
  current: { form: exampleForm, answers: {}, answerIds: {} },
};

const { current: _done, ...withoutCurrent } = inWave;
const waves: ParticipantState["waves"] = [
  ...(first === undefined ? [] : [{ ...first, state: "completed" as const }]),
  ...later,
];

/** A person who has just finished the first wave. */
export const afterWave: ParticipantState = {
  ...withoutCurrent,
  waves,
  thanks: { wave: "w1", at: now, next: { wave: "w2", opensAt: now + 84 * day, targetDate: "2027-02-22" } },
};

/** A person for whom nothing is open yet. */
export const betweenWaves: ParticipantState = { ...withoutCurrent, waves };

/** A person whose last questions have closed unfinished; there was a wave before that they did finish. */
export const afterClose: ParticipantState = {
  ...afterWave,
  waves: waves.map((wave) => (wave.number === 2 ? { ...wave, state: "missed" as const } : wave)),
};

/** A person for whom nothing will open any more, and who missed the last questions. */
export const afterAll: ParticipantState = {
  ...withoutCurrent,
  waves: waves.map((wave) => ({ ...wave, state: "missed" as const })),
};

/** A study that takes no more answers. */
export const lockedStudy: ParticipantState = {
  ...betweenWaves,
  study: { ...betweenWaves.study, locked: true },
};

/** The public list as the front page shows it: one study to take part in. */
export const publicStudies: readonly PublicStudy[] = [
  {
    id: "try",
    title: beforeConsent.study.title,
    question: beforeConsent.study.question,
    simulated: true,
    phase: "recruiting",
    tryIt: true,
  },
];
