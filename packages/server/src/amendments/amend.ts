import { createHmac, timingSafeEqual } from "node:crypto";
import type { AmendmentPreview, AmendmentRequest, SaveAmendmentRequest } from "@longwave/api";
import { describeWordWarning, lintProtocol } from "@longwave/findings";
import {
  checkAmendment,
  describeProblem,
  differencesOf,
  type Protocol,
  type ProtocolChange,
  planHash,
  type Schedule,
  type TextVersion,
  textUnder,
} from "@longwave/study";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { listDeviation, type Writer } from "../deviations/record.ts";
import { refuse } from "../errors.ts";
import { textVersions } from "../protocol/text-versions.ts";
import { recordEvent } from "../store/queries/audit.ts";
import {
  contactFactsOf,
  type PersonToContact,
  peopleToPlan,
  reconsiderEveryone,
} from "../store/queries/contacts.ts";
import { clearHeld, setHeld } from "../store/queries/held.ts";
import { removeSignatures } from "../store/queries/locks.ts";
import {
  replaceText,
  type StudyRow,
  studyById,
  type TakenStudy,
  takeStudy,
} from "../store/queries/studies.ts";
import { addVersion } from "../store/queries/versions.ts";
import type { Tables } from "../store/schema.ts";
import { requireOfferedLanguage } from "../studies/create.ts";
import { readStudyText, textColumns } from "../studies/draft.ts";
import { requireTakesAnswers } from "../studies/standing.ts";
import { effectOf } from "./effect.ts";
import { planPartsOf } from "./plan-parts.ts";
import { studySoFar } from "./so-far.ts";
import { textLines } from "./text-lines.ts";

type Amender = Pick<ServerContext, "store" | "compiler" | "now" | "linkKey" | "planner">;

const HOUR_MS = 3_600_000;
const MOST_PLACES = 20;

/**
 * What another text would change in a study, and for whom, with a token that lets exactly this be saved.
 *
 * @throws Refusal `study.in-design`, `study.locked`, `study.protocol-invalid`, `study.language-unconfirmed`,
 *   `amendment.not-allowed`, `amendment.no-change`
 */
export async function previewAmendment(
  context: Amender,
  study: StudyRow,
  request: AmendmentRequest,
): Promise<AmendmentPreview> {
  const { db } = context.store;
  const amendment = await readAmendment(context, db, study, request);
  const { before, after, changes } = amendment;
  const { effect } = await whom(context, db, { ...amendment, study, moveOpen: request.moveOpen === true });
  return {
    token: tokenFor(context, study, request, context.now()),
    version: after.version,
    changes,
    lines: textLines(study.protocolText, request.protocol),
    effect,
    planParts: planPartsOf(before, after),
    warnings: lintProtocol(after).map(describeWordWarning),
  };
}

/**
 * Puts a text that was previewed in the place of the one in force, in one transaction with its version, the windows
 * that stay, the departure from the plan, and the line of the audit. What was decided stays decided: no message goes twice.
 *
 * @throws Refusal as the preview, and `study.reason-missing`, `amendment.not-previewed`
 */
export async function amendStudy(
  context: Amender,
  { id }: Pick<StudyRow, "id">,
  request: SaveAmendmentRequest,
  writer: Writer,
): Promise<void> {
  const reason = request.reason.trim();
  if (reason === "") throw reasonMissing();
  await context.store.db.transaction().execute(async (trx) => {
    const taken = await takeStudy(trx, id);
    const study = await studyById(trx, id);
    if (study === undefined) throw new Error(`study ${id} is not there`);
    checkToken(context, study, request);
    const amendment = await readAmendment(context, trx, study, request);
    await save(context, trx, { ...amendment, study, taken, request, reason, writer });
  });
  context.planner.wake();
}

interface Amendment {
  readonly before: Protocol;
  readonly after: Protocol;
  readonly changes: readonly ProtocolChange[];
  /** Every version so far, the one in force last; none when it is the first. */
  readonly versions: readonly TextVersion[];
}

/** The text in force and the one to come, once nothing forbids to set one in the place of the other. */
async function readAmendment(
  { compiler, now }: Pick<Amender, "compiler" | "now">,
  db: Kysely<Tables>,
  study: StudyRow,
  request: AmendmentRequest,
): Promise<Amendment> {
  requireTakesAnswers(study.phase);
  const before = compiler.protocol(study);
  const after = readStudyText(request.protocol);
  requireOfferedLanguage(study, after);
  const changes = differencesOf(before, after);
  if (changes.length === 0) throw noChange();
  const versions = await textVersions(db, study, compiler.protocol);
  const earlier = versions.slice(0, -1).map(({ protocol }) => protocol);
  const soFar = await studySoFar(db, study.id, { schedule: compiler.schedule(before), earlier, now: now() });
  const problems = checkAmendment(before, after, soFar);
  if (problems.length > 0) throw notAllowed(problems.slice(0, MOST_PLACES).map(describeProblem));
  return { before, after, changes, versions };
}

async function whom(
  { compiler, now }: Pick<Amender, "compiler" | "now">,
  db: Kysely<Tables>,
  {
    study,
    before,
    after,
    versions,
    moveOpen,
  }: Amendment & { readonly study: StudyRow; readonly moveOpen: boolean },
) {
  const people = await contactFactsOf(db, study.id, await peopleToPlan(db, study.id), before);
  const texts: readonly Protocol[] =
    versions.length === 0 ? [before] : versions.map(({ protocol }) => protocol);
  const [first = before, ...others] = texts;
  const calendars = (...all: readonly [Protocol, ...Protocol[]]) => {
    const made = new Map<number | undefined, Schedule>();
    return ({ consentVersion }: Pick<PersonToContact, "consentVersion">): Schedule => {
      const found =
        made.get(consentVersion) ??
        compiler.schedule(textUnder(all, consentVersion ?? after.consent.version));
      made.set(consentVersion, found);
      return found;
    };
  };
  const schedules = { before: calendars(first, ...others), after: calendars(first, ...others, after) };
  return effectOf({ ...schedules, now: now(), moveOpen }, people);
}

async function save(
  context: Amender,
  trx: Kysely<Tables>,
  given: Amendment & {
    readonly study: StudyRow;
    readonly taken: TakenStudy;
    readonly request: SaveAmendmentRequest;
    readonly reason: string;
    readonly writer: Writer;
  },
): Promise<void> {
  const { study, taken, before, after, request, reason, writer } = given;
  const at = context.now();
  const moveOpen = request.moveOpen === true;
  const { effect, held } = await whom(context, trx, { ...given, moveOpen });
  const columns = textColumns(after, request.protocol);
  const number = study.version + 1;
  // A demonstration says in its title that it is one.
  const title = study.title.en === before.title.en ? columns.title : study.title;
  await replaceText(trx, { ...columns, id: study.id, title, version: number });
  await addVersion(trx, study.id, {
    number,
    version: after.version,
    hash: columns.protocolHash,
    text: request.protocol,
    fromAt: at,
    fromSeq: taken.lastSeq,
    amendment: {
      reason,
      effect,
      consentVersion: after.consent.version,
      planChanged: planHash(before) !== planHash(after),
    },
    by: writer.name,
    byEmail: writer.email,
  });
  await clearHeld(trx, study.id);
  await keepWindows(trx, study.id, held);
  await listAmendment(trx, { ...given, at });
  await reconsiderEveryone(trx, study.id, at);
  await recordEvent(trx, {
    at,
    study: study.id,
    actor: `staff:${writer.email}`,
    action: "study.amended",
    detail: { version: number, from: study.protocolHash, to: columns.protocolHash, reason, moveOpen },
  });
  await voidSignatures(trx, study.id, { at, writer });
}

/** Who signed the lock before had read another text: a lock closes the study only by people who saw this one. */
async function voidSignatures(
  trx: Kysely<Tables>,
  study: string,
  { at, writer }: { readonly at: number; readonly writer: Writer },
): Promise<void> {
  const signed = await removeSignatures(trx, study);
  if (signed.length === 0) return;
  const actor = `staff:${writer.email}`;
  await recordEvent(trx, {
    at,
    study,
    actor,
    action: "lock.signatures-voided",
    detail: { signed: signed.join(", ") },
  });
}

/** People who share their windows share one statement. */
async function keepWindows(
  trx: Kysely<Tables>,
  study: string,
  held: ReturnType<typeof effectOf>["held"],
): Promise<void> {
  const sharing = new Map<string, string[]>();
  for (const [person, windows] of held) {
    const key = JSON.stringify(windows);
    sharing.set(key, [...(sharing.get(key) ?? []), person]);
  }
  for (const people of sharing.values()) {
    const windows = held.get(people[0] ?? "") ?? [];
    await setHeld(trx, study, { people, held: windows });
  }
}

/** Every amendment is listed beside the plan, with what had been seen by then; nobody can leave it out. */
async function listAmendment(
  trx: Kysely<Tables>,
  {
    study,
    before,
    after,
    changes,
    reason,
    writer,
    at,
  }: Amendment & {
    readonly study: StudyRow;
    readonly reason: string;
    readonly writer: Writer;
    readonly at: number;
  },
): Promise<void> {
  const parts = planPartsOf(before, after);
  const areas = [...new Set(changes.map(({ area }) => area))];
  await listDeviation(trx, writer, {
    study: study.id,
    kind: "amended",
    clause: parts.length === 0 ? "study text" : parts.join(", "),
    what: `${parts.length === 0 ? "The study text was amended" : "The plan was amended"} (version ${before.version} to ${after.version}: ${areas.join(", ")}).`,
    why: reason,
    at,
  });
}

/** Names one text on one version of one study at one moment, so that only what was looked at can be saved. */
function tokenFor(
  { linkKey }: Pick<Amender, "linkKey">,
  { id, version, protocolHash }: StudyRow,
  { protocol, moveOpen = false }: AmendmentRequest,
  at: number,
): string {
  const named = JSON.stringify(["amendment", id, version, protocolHash, protocol, moveOpen, at]);
  return `${at}.${createHmac("sha256", linkKey).update(named).digest("base64url")}`;
}

function checkToken(
  context: Pick<Amender, "linkKey" | "now">,
  study: StudyRow,
  request: SaveAmendmentRequest,
): void {
  const at = Number(request.token.split(".")[0]);
  const age = context.now() - at;
  const wanted = Buffer.from(tokenFor(context, study, request, at));
  const found = Buffer.from(request.token);
  const same = wanted.length === found.length && timingSafeEqual(wanted, found);
  if (!same || !(age >= 0 && age <= HOUR_MS)) throw notPreviewed();
}

function reasonMissing() {
  return refuse(
    "study.reason-missing",
    "a reason, as every publication names it",
    "an amendment without one",
    "Say why in a sentence, without names of participants.",
  );
}

function noChange() {
  return refuse(
    "amendment.no-change",
    "a text that says something else than the one in force",
    "the same study",
    "Change the text, then look at the effect again.",
  );
}

function notAllowed(places: readonly string[]) {
  return refuse(
    "amendment.not-allowed",
    "an amendment that leaves what was answered, asked and agreed to as it is",
    places.join("\n"),
    "Mend these places and look at the effect again.",
  );
}

function notPreviewed() {
  return refuse(
    "amendment.not-previewed",
    "the text whose effect was looked at, on the version in force, within the last hour",
    "another one, or a study that was amended meanwhile",
    "Look at the effect again, then save.",
  );
}
