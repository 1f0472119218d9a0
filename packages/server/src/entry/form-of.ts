import type { EntryClosed, ParticipantWave } from "@longwave/api";
import { currentZone, takesAnswers } from "@longwave/study";
import type { WaveForm } from "@longwave/study/answering";
import type { Inside } from "../access/gate.ts";
import { requireOfSite } from "../access/names.ts";
import { hasLeft } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { Refusal, refuse } from "../errors.ts";
import { formFor } from "../participant/form.ts";
import { type Participation, participationIn, wavesOf } from "../participant/state.ts";
import { waveNotOpen, waveUnknown } from "../participant/waves.ts";
import { progressOf } from "../store/queries/answers.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import type { PlaceOfForm } from "../store/queries/entries.ts";
import { personById } from "../store/queries/people.ts";
import { requireTakesAnswers } from "../studies/standing.ts";

/** One form of one person as staff find it. */
export interface FormOfPerson {
  readonly participation: Participation;
  readonly place: PlaceOfForm;
  readonly wave: ParticipantWave;
  readonly form: WaveForm;
  /** The zone of the person's calendar. */
  readonly zone: string;
  /** Why nothing can be entered now. */
  readonly closed: EntryClosed | undefined;
  readonly now: number;
}

/**
 * One form of one person, for a member of staff who may deal with them.
 *
 * @throws Refusal `person.not-found`, `answer.wave-unknown`, `consent.not-given`
 */
export async function formOfPerson(
  context: ServerContext,
  { study, member }: Pick<Inside, "study" | "member">,
  path: { readonly person: string; readonly wave: string },
): Promise<FormOfPerson> {
  const { db } = context.store;
  const person = requireOfSite(member, await personById(db, study.id, path.person), path.person);
  const protocol = context.compiler.protocol(study);
  if (!protocol.waves.some(({ id }) => id === path.wave))
    throw new Refusal(waveUnknown(path.wave, protocol.waves));
  const participation = await participationIn(context, study, person);
  const now = context.now();
  const waves = wavesOf(context, participation, await progressOf(db, person), now);
  const wave = waves.find(({ id }) => id === path.wave);
  if (!wave) throw notConsented();
  const left = isOut(await standingOf(db, study.id, person.id));
  return {
    participation,
    place: { study: study.id, person: person.id, wave: wave.id },
    wave,
    form: await formFor(context, participation, wave.id),
    zone: currentZone({ timeZone: person.timeZone ?? "UTC", moves: person.moves }),
    closed: closedBecause({ locked: !takesAnswers(study.phase), left, wave }),
    now,
  };
}

function closedBecause(facts: {
  readonly locked: boolean;
  readonly left: boolean;
  readonly wave: ParticipantWave;
}): EntryClosed | undefined {
  if (facts.locked) return "locked";
  if (facts.left) return "left";
  return facts.wave.state === "not_yet" ? "not_yet" : undefined;
}

/**
 * Refuses where nothing can be entered.
 *
 * @throws Refusal `study.locked`, `person.left`, `answer.wave-not-open`
 */
export function requireEntry({ closed, wave, participation }: FormOfPerson): void {
  requireTakesAnswers(participation.study.phase);
  if (closed === "left") throw hasLeft();
  if (closed === "not_yet") throw new Refusal(waveNotOpen(wave));
}

function notConsented(): Refusal {
  return refuse(
    "consent.not-given",
    "a person who has agreed to take part",
    "one who has not",
    "Ask them to agree on their own page first, which the code of a letter opens too, or write down what they signed on paper.",
  );
}
