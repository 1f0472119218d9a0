import { randomUUID } from "node:crypto";
import type { ConsentGiven, ConsentPaper, PaperConsentSheet, RecordPaperConsentRequest } from "@longwave/api";
import { currentZone, localDateOf, type Protocol } from "@longwave/study";
import { type ConsentForm, checkConsent } from "@longwave/study/answering";
import type { Kysely } from "kysely";
import type { Inside } from "../access/gate.ts";
import { requireOfSite, shownLabel } from "../access/names.ts";
import { hasLeft } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { areTakenFor } from "../joining/door.ts";
import { formChanged } from "../participant/consent.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addConsents, keepConsentForm, latestConsent } from "../store/queries/consents.ts";
import { beginContacts } from "../store/queries/contacts.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { consentsOf } from "../store/queries/own-record.ts";
import { enrol, labelsOf, type Person, personById } from "../store/queries/people.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { versionsOf } from "../store/queries/versions.ts";
import type { Tables } from "../store/schema.ts";
import { offeredLanguages } from "../studies/languages.ts";
import { placesTaken, requireTakesAnswers, requireTakesPeople } from "../studies/standing.ts";
import { noonOf } from "./enter.ts";

type Writing = Pick<Inside, "study" | "member">;
interface PathOfPerson {
  readonly person: string;
}

/**
 * What staff need to have a consent signed on paper and to write it down.
 *
 * @throws Refusal `person.not-found`
 */
export async function paperConsentSheet(
  context: ServerContext,
  { study, member }: Writing,
  path: PathOfPerson,
): Promise<PaperConsentSheet> {
  const { db } = context.store;
  const person = requireOfSite(member, await personById(db, study.id, path.person), path.person);
  const [label] = await labelsOf(db, study.id, [person.id]);
  const given = (await consentsOf(db, person)).map(
    (consent): ConsentGiven => ({
      at: consent.givenAt,
      version: consent.version,
      form: consent.words === undefined ? null : (JSON.parse(consent.words) as ConsentForm),
      ticks: consent.ticks,
      signedOn: consent.signedOn ?? null,
      seenBy: consent.seenBy ?? null,
      recordedBy: consent.recordedBy ?? null,
      recordedAt: consent.recordedAt ?? null,
    }),
  );
  return {
    label: label ? shownLabel(member, label) : "",
    today: localDateOf(context.now(), zoneOf(context, study, person)),
    papers: await papersOf(context, db, study, person),
    given: given.reverse(),
  };
}

/**
 * Writes down that a person signed the words of a version on paper: they take part from that day on, and are asked what
 * that version covers.
 *
 * @throws Refusal `person.not-found`, `person.left`, `consent.form-changed`, `consent.tick-missing`,
 * `entry.day-impossible`, `study.locked`, `study.in-design`, `study.paused`, `study.recruitment-closed`
 */
export async function recordPaperConsent(
  context: ServerContext,
  inside: Writing & Pick<Inside, "staff">,
  path: PathOfPerson,
  request: RecordPaperConsentRequest,
): Promise<PaperConsentSheet> {
  const { study, member, staff } = inside;
  await context.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt, lastSeq } = await takeStudy(trx, study.id);
    const person = requireOfSite(member, await personById(trx, study.id, path.person), path.person);
    if (person.enrolledAt === undefined) requireTakesPeople({ phase, paused: pausedAt !== undefined });
    else requireTakesAnswers(phase);
    if (isOut(await standingOf(trx, study.id, person.id))) throw hasLeft();
    if (await areTakenFor(trx, context.compiler.protocol(study), person)) throw placesTaken();
    const paper = (await papersOf(context, trx, study, person)).find(({ form }) => isMeant(form, request));
    if (paper === undefined) throw formChanged(request.hash);
    requireTicks(paper.form, request);
    const before = await latestConsent(trx, person);
    const at = momentOf(context, { study, person, request, since: paper.since, after: before?.at });
    await keep(trx, { person, form: paper.form, request, at, lastSeq, by: staff.email, now: context.now() });
    await enrol(trx, person, {
      at,
      timeZone: zoneOf(context, study, person),
      language: request.language,
    });
    await beginContacts(trx, person, context.now());
  });
  context.planner.wake();
  return paperConsentSheet(context, inside, path);
}

const isMeant = (form: ConsentForm, { version, language, hash }: RecordPaperConsentRequest): boolean =>
  form.version === version && form.language === language && form.hash === hash;

/** A person lives where the study says people do, until they have said otherwise. */
function zoneOf(
  { compiler }: Pick<ServerContext, "compiler">,
  study: StudyRow,
  { timeZone, moves }: Person,
): string {
  return currentZone({ timeZone: timeZone ?? compiler.protocol(study).messages.timeZone ?? "UTC", moves });
}

/**
 * The words of every version that a person can sign, the newest first: none older than what they have agreed to. Each
 * could be signed from the day on which its text was in force.
 */
async function papersOf(
  context: Pick<ServerContext, "compiler">,
  db: Kysely<Tables>,
  study: StudyRow,
  person: Person,
): Promise<readonly ConsentPaper[]> {
  const given = await latestConsent(db, person);
  const zone = zoneOf(context, study, person);
  const texts = await textsOf(context, db, study);
  const papers = new Map<string, ConsentPaper>();
  for (const { protocol, from } of texts) {
    if (given !== undefined && protocol.consent.version < given.version) continue;
    for (const language of offeredLanguages(study, protocol)) {
      const form = context.compiler.consent(protocol, language);
      const key = `${form.version} ${language}`;
      // Of one version the words are the same in every text; what it says is new may have been mended.
      papers.set(key, { form, since: papers.get(key)?.since ?? localDateOf(from, zone) });
    }
  }
  return [...papers.values()].sort((a, b) => b.form.version - a.form.version);
}

async function textsOf(
  { compiler }: Pick<ServerContext, "compiler">,
  db: Kysely<Tables>,
  study: StudyRow,
): Promise<readonly { readonly protocol: Protocol; readonly from: number }[]> {
  const since = study.openedAt ?? study.createdAt;
  if (study.version === 1) return [{ protocol: compiler.protocol(study), from: since }];
  const { protocolId } = study;
  return (await versionsOf(db, study.id)).map(({ text, hash, fromAt }) => ({
    protocol: compiler.protocol({ protocolText: text, protocolHash: hash, protocolId }),
    from: fromAt,
  }));
}

function requireTicks(form: ConsentForm, { ticks }: RecordPaperConsentRequest): void {
  const checked = checkConsent(form, ticks);
  if (checked.ok) return;
  const { expected, found, remedy } = checked.problem;
  throw refuse("consent.tick-missing", expected, found, remedy);
}

/** Noon of the day of the signature, or now when that is today; never before what was agreed to before. */
function momentOf(
  context: Pick<ServerContext, "compiler" | "now">,
  of: {
    readonly study: StudyRow;
    readonly person: Person;
    readonly request: RecordPaperConsentRequest;
    readonly since: string;
    readonly after: number | undefined;
  },
): number {
  const { request, after } = of;
  const [zone, now] = [zoneOf(context, of.study, of.person), context.now()];
  const first = after === undefined ? of.since : later(of.since, localDateOf(after, zone));
  const today = localDateOf(now, zone);
  if (request.signedOn < first || request.signedOn > today)
    throw refuse(
      "entry.day-impossible",
      `a day from ${first}, when this could be signed, to ${today}`,
      request.signedOn,
      "Look at the date beside the signature, and at the version printed on the paper.",
    );
  return Math.min(Math.max(noonOf(request.signedOn, zone), (after ?? 0) + 1), now);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

async function keep(
  trx: Kysely<Tables>,
  of: {
    readonly person: Person;
    readonly form: ConsentForm;
    readonly request: RecordPaperConsentRequest;
    readonly at: number;
    readonly lastSeq: number;
    readonly by: string;
    readonly now: number;
  },
): Promise<void> {
  const { person, form, request, at, by, now } = of;
  const { study } = person;
  const { signedOn, seenBy, language } = request;
  await keepConsentForm(trx, { hash: form.hash, text: JSON.stringify(form) });
  await addConsents(trx, [
    {
      ...{ id: randomUUID(), study, person: person.id, version: form.version, language, formHash: form.hash },
      ticks: Object.fromEntries(form.ticks.map(({ id }) => [id, request.ticks[id] === true])),
      givenAt: at,
      fromSeq: of.lastSeq,
      paper: { signedOn, seenBy, recordedBy: by, recordedAt: now },
    },
  ]);
  await recordEvent(trx, {
    at: now,
    study,
    actor: `staff:${by}`,
    action: "consent.on-paper",
    detail: { person: person.id, version: form.version, signedOn },
  });
}
