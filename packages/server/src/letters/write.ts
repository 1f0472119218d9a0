import type { Language, Letter, LettersAnswer } from "@longwave/api";
import { currentZone, type LetterDue, letterDue, type Protocol, RECRUITMENT } from "@longwave/study";
import type { Kysely } from "kysely";
import type { Inside } from "../access/gate.ts";
import { linkPath, linkToken } from "../access/links.ts";
import { isOfSite, shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { messageWords } from "../mail/templates/words.ts";
import { scheduleFor, textFor } from "../protocol/text-for.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { contactFactsOf, type PersonToContact, peopleToPlan } from "../store/queries/contacts.ts";
import { addLetterCodes, unusedLetterCodes } from "../store/queries/letter-codes.ts";
import { type LabelledPerson, peopleWithLabels } from "../store/queries/people.ts";
import { peopleWithAddress } from "../store/queries/person-contact.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import type { LetterCodeTable } from "../store/schema-messages.ts";
import { offeredLanguages } from "../studies/languages.ts";
import { requireTakesAnswers, studyPaused } from "../studies/standing.ts";
import { letterCode, newLetterCode } from "./letter-code.ts";

interface Addressee {
  readonly person: LabelledPerson;
  readonly facts: PersonToContact;
  readonly due: LetterDue;
}

/**
 * The letters that are due now to people without e-mail. A code that nobody has used stays the same until its wave
 * closes, so a letter printed again is the same letter.
 *
 * @throws Refusal `study.locked`, `study.in-design`, `study.paused`
 */
export async function writeLetters(
  context: ServerContext,
  { study, staff, member }: Pick<Inside, "study" | "staff" | "member">,
): Promise<LettersAnswer> {
  const now = context.now();
  const { addressees, codes } = await context.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt } = await takeStudy(trx, study.id); // two at one moment must not make two codes
    requireTakesAnswers(phase);
    if (pausedAt !== undefined) throw studyPaused();
    const addressees = (await addresseesOf(context, trx, study, now)).filter(({ person }) =>
      isOfSite(member, person.site),
    );
    const codes = await codesFor(context, trx, { study: study.id, addressees, now });
    await recordEvent(trx, {
      at: now,
      study: study.id,
      actor: `staff:${staff.email}`,
      action: "letters.written",
      detail: { letters: addressees.length },
    });
    return { addressees, codes };
  });
  const protocol = context.compiler.protocol(study);
  return {
    letters: addressees.flatMap((each) => {
      const code = codes.get(each.person.id);
      if (code === undefined) return [];
      const label = shownLabel(member, each.person);
      return [
        letterTo(context, { study, protocol, label, ...each, code: letterCode(context.linkKey, code) }),
      ];
    }),
  };
}

/** Who without an address is due a letter now, and about what; no name is opened. */
export async function lettersDue(
  context: Pick<ServerContext, "compiler">,
  db: Kysely<Tables>,
  study: StudyRow,
  now: number,
): Promise<readonly Pick<Addressee, "facts" | "due">[]> {
  const protocol = context.compiler.protocol(study);
  if (study.simulated || study.tryIt) return []; // nobody lives there
  const withMail = await peopleWithAddress(db, study.id);
  const rows = (await peopleToPlan(db, study.id)).filter(({ id }) => !withMail.has(id));
  const facts = await contactFactsOf(db, study.id, rows, protocol);
  const scheduleOf = scheduleFor(context, await textFor(context, db, study));
  return facts.flatMap((each) => {
    const due = letterDue(scheduleOf(each), each, now);
    return due ? [{ facts: each, due }] : [];
  });
}

async function addresseesOf(
  context: ServerContext,
  db: Kysely<Tables>,
  study: StudyRow,
  now: number,
): Promise<readonly Addressee[]> {
  const due = await lettersDue(context, db, study, now);
  const people = new Map((await peopleWithLabels(db, study.id)).map((person) => [person.id, person]));
  return due.flatMap((each) => {
    const person = people.get(each.facts.id);
    return person ? [{ person, ...each }] : [];
  });
}

async function codesFor(
  { linkKey }: Pick<ServerContext, "linkKey">,
  db: Kysely<Tables>,
  of: { readonly study: string; readonly addressees: readonly Addressee[]; readonly now: number },
): Promise<ReadonlyMap<string, LetterCodeTable>> {
  const { study, addressees, now } = of;
  const open = await unusedLetterCodes(db, study, now);
  const known = new Map(open.map((code) => [JSON.stringify([code.person, code.epoch, code.wave]), code]));
  const codes = new Map<string, LetterCodeTable>();
  const added: LetterCodeTable[] = [];
  for (const { person, due } of addressees) {
    const { id, epoch } = person;
    const kept = known.get(JSON.stringify([id, epoch, due.wave]));
    const code =
      kept ??
      newLetterCode(linkKey, { study, person: id, epoch, wave: due.wave, expires_at: due.closesAt }, now);
    if (kept === undefined) added.push(code);
    codes.set(id, code);
  }
  await addLetterCodes(db, added);
  return codes;
}

function letterTo(
  context: Pick<ServerContext, "origin" | "linkKey">,
  of: Addressee & {
    readonly study: StudyRow;
    readonly protocol: Protocol;
    readonly label: string;
    readonly code: string;
  },
): Letter {
  const { study, protocol, person, facts, due, label, code } = of;
  const [first = "en"] = offeredLanguages(study, protocol);
  const language: Language = facts.language ?? first;
  const day = new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", {
    dateStyle: "long",
    timeZone: currentZone(facts.enrolment ?? facts),
  });
  const words = messageWords(language);
  const named = { study: study.title[language] ?? study.title.en, contact: protocol.contact };
  const kind = due.about === RECRUITMENT ? "invitation" : due.finish ? "finish" : "wave";
  const { title, paragraphs, camera, typing, foot } = words.letters[kind]({
    ...named,
    question: protocol.question[language] ?? protocol.question.en,
    minutes: protocol.minutesByWave[due.wave] ?? 0,
    until: day.format(due.closesAt - 1),
    address: `${context.origin()}/p`,
  });
  return {
    person: person.id,
    label,
    language,
    wave: due.about === RECRUITMENT ? 0 : protocol.waves.findIndex(({ id }) => id === due.wave) + 1,
    ...{ title, paragraphs, camera, typing },
    foot: [...foot, words.signature(named)],
    link:
      context.origin() +
      linkPath(linkToken(context.linkKey, { study: study.id, id: person.id, epoch: person.epoch })),
    code,
    closesAt: due.closesAt,
  };
}
