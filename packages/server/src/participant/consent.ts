import { randomUUID } from "node:crypto";
import type { ConsentRequest } from "@longwave/api";
import { isTimeZone } from "@longwave/study";
import { checkConsent } from "@longwave/study/answering";
import { hasLeft } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addConsents, keepConsentForm } from "../store/queries/consents.ts";
import { beginContacts } from "../store/queries/contacts.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { enrol, type Person } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { offeredLanguages } from "../studies/languages.ts";
import { requireTakesAnswers, requireTakesPeople } from "../studies/standing.ts";
import { participationOf } from "./state.ts";

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
  const form = context.compiler.consent(protocol, given.language);
  if (form.hash !== given.hash || form.version !== given.version) throw formChanged(given.hash);
  const checked = checkConsent(form, given.ticks);
  if (!checked.ok) {
    const { expected, found, remedy } = checked.problem;
    throw refuse("consent.tick-missing", expected, found, remedy);
  }
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt } = await takeStudy(trx, person.study);
    if (person.enrolledAt === undefined) requireTakesPeople({ phase, paused: pausedAt !== undefined });
    else requireTakesAnswers(phase);
    if (isOut(await standingOf(trx, person.study, person.id))) throw hasLeft();
    await keepConsentForm(trx, { hash: form.hash, text: JSON.stringify(form) });
    const ticks = Object.fromEntries(form.ticks.map(({ id }) => [id, given.ticks[id] === true]));
    const row = { id: randomUUID(), study: person.study, person: person.id, version: form.version };
    await addConsents(trx, [{ ...row, language: given.language, formHash: form.hash, ticks, givenAt: at }]);
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

function formChanged(found: string) {
  return refuse(
    "consent.form-changed",
    "consent to the text as it stands now",
    `consent to another text (${found.slice(0, 12)}…)`,
    "Load the page again, read the new text, and consent to that.",
  );
}
