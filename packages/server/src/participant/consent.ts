import { randomUUID } from "node:crypto";
import type { ConsentRequest, DeclineRequest } from "@longwave/api";
import { isTimeZone } from "@longwave/study";
import { checkConsent } from "@longwave/study/answering";
import { hasLeft } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { areTakenFor } from "../joining/door.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addConsents, addDeclined, keepConsentForm, latestConsent } from "../store/queries/consents.ts";
import { beginContacts, reconsiderContacts } from "../store/queries/contacts.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { enrol, type Person } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { offeredLanguages } from "../studies/languages.ts";
import { placesTaken, requireTakesAnswers, requireTakesPeople } from "../studies/standing.ts";
import { consentFormFor } from "./consent-form.ts";
import { isAskedAgain, participationOf } from "./state.ts";

/**
 * Records consent to the exact words shown, and enrols the person if this is the first time.
 *
 * @throws Refusal `consent.form-changed`, `consent.tick-missing`, `study.locked`, `study.paused`,
 * `study.recruitment-closed`, `request.invalid`
 */
export async function recordConsent(
  context: ServerContext,
  person: Person,
  given: ConsentRequest,
): Promise<void> {
  const { study, protocol } = await participationOf(context, person);
  const languages = offeredLanguages(study, protocol);
  if (!languages.includes(given.language)) throw languageUnknown(given.language, languages);
  if (!isTimeZone(given.timeZone)) throw timeZoneUnknown(given.timeZone);
  const before = await latestConsent(context.store.db, person);
  const { language } = given;
  const form = await consentFormFor(context, context.store.db, study, { language, given: before?.version });
  if (form.hash !== given.hash || form.version !== given.version) throw formChanged(given.hash);
  const checked = checkConsent(form, given.ticks);
  if (!checked.ok) {
    const { expected, found, remedy } = checked.problem;
    throw refuse("consent.tick-missing", expected, found, remedy);
  }
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt, protocolHash, lastSeq } = await takeStudy(trx, person.study);
    // Amended while the person was reading: what they agreed to is no longer the text.
    if (protocolHash !== study.protocolHash) throw formChanged(given.hash);
    if (person.enrolledAt === undefined) requireTakesPeople({ phase, paused: pausedAt !== undefined });
    else requireTakesAnswers(phase);
    if (await areTakenFor(trx, protocol, person)) throw placesTaken();
    if (isOut(await standingOf(trx, person.study, person.id))) throw hasLeft();
    await keepConsentForm(trx, { hash: form.hash, text: JSON.stringify(form) });
    const ticks = Object.fromEntries(form.ticks.map(({ id }) => [id, given.ticks[id] === true]));
    const row = { id: randomUUID(), study: person.study, person: person.id, version: form.version };
    const act = { language, formHash: form.hash, ticks, givenAt: at, fromSeq: lastSeq };
    await addConsents(trx, [{ ...row, ...act }]);
    await enrol(trx, person, { at, timeZone: given.timeZone, language: given.language });
    await beginContacts(trx, person, at);
    await recordEvent(trx, {
      at,
      study: person.study,
      actor: `person:${person.id}`,
      action: "consent.given",
    });
  });
  context.planner.wake();
}

/**
 * Writes down that a person declines the consent they are asked for anew and stays under the one they gave, with the exact
 * words they were shown. They are not asked for this version again.
 *
 * @throws Refusal `consent.form-changed`, `consent.cannot-decline`, `study.locked`
 */
export async function declineConsent(
  context: ServerContext,
  person: Person,
  { hash, version, language }: DeclineRequest,
): Promise<void> {
  const participation = await participationOf(context, person);
  const { study, protocol } = participation;
  if (!offeredLanguages(study, protocol).includes(language))
    throw languageUnknown(language, offeredLanguages(study, protocol));
  const before = await latestConsent(context.store.db, person);
  const form = await consentFormFor(context, context.store.db, study, { language, given: before?.version });
  if (form.hash !== hash || form.version !== version) throw formChanged(hash);
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const { phase, protocolHash } = await takeStudy(trx, person.study);
    requireTakesAnswers(phase);
    if (protocolHash !== study.protocolHash) throw formChanged(hash);
    if (isOut(await standingOf(trx, person.study, person.id))) throw hasLeft();
    const given = await latestConsent(trx, person);
    const asked = await isAskedAgain({ store: { ...context.store, db: trx } }, participation, given?.version);
    if (!asked || protocol.consent.whenDeclined !== "stay") throw cannotDecline();
    await keepConsentForm(trx, { hash, text: JSON.stringify(form) });
    const declined = { id: randomUUID(), study: person.study, person: person.id, version, language };
    await addDeclined(trx, { ...declined, formHash: hash, declinedAt: at });
    await reconsiderContacts(trx, person, at);
    const actor = `person:${person.id}`;
    await recordEvent(trx, {
      at,
      study: person.study,
      actor,
      action: "consent.declined",
      detail: { version },
    });
  });
  context.planner.wake();
}

function cannotDecline() {
  return refuse(
    "consent.cannot-decline",
    "a consent that is asked for anew and may be declined",
    "one that was given or declined already, or that cannot be declined",
    "Load the page again; to leave the study, choose that at its foot.",
  );
}

function timeZoneUnknown(found: string) {
  return refuse(
    "request.invalid",
    "an IANA time zone such as Europe/Oslo",
    found,
    "Send the time zone of the phone.",
  );
}

function languageUnknown(found: string, known: readonly string[]) {
  return refuse(
    "request.invalid",
    `a language of the study: ${known.join(", ")}`,
    found,
    "Choose one of those.",
  );
}

/** The refusal of consent to words that are not, or no longer, those to consent to. */
export function formChanged(found: string): Refusal {
  return refuse(
    "consent.form-changed",
    "consent to the text as it stands now",
    `consent to another text (${found.slice(0, 12)}…)`,
    "Load the page again, read the new text, and consent to that.",
  );
}
