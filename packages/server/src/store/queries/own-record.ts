import type { Answers } from "@longwave/study/answering";
import type { Kysely } from "kysely";
import { vaultOf } from "../../vault/carry.ts";
import { parseJson, parseTicks } from "../parse.ts";
import type { FeedbackChoiceTable, FeedbackViewTable, Tables } from "../schema.ts";
import { openSecondEntry } from "./sealed.ts";

interface OfPerson {
  readonly study: string;
  readonly id: string;
}

/** Keeps the exact rules and words of a page, once. */
export async function keepFeedbackRules(
  db: Kysely<Tables>,
  rules: { readonly hash: string; readonly text: string },
): Promise<void> {
  await db
    .insertInto("feedback_rules")
    .values(rules)
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .execute();
}

/** Writes down that a person was shown their page by these rules. */
export async function addFeedbackView(db: Kysely<Tables>, view: FeedbackViewTable): Promise<void> {
  await db.insertInto("feedback_view").values(view).execute();
}

/** When a person was shown their page and by which rules, oldest first. */
export async function feedbackViewsOf(
  db: Kysely<Tables>,
  person: OfPerson,
): Promise<readonly FeedbackViewTable[]> {
  return db
    .selectFrom("feedback_view")
    .selectAll()
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .orderBy("shown_at")
    .orderBy("id")
    .execute();
}

/** Adds a choice to show or hide the picture of sessions; the latest holds. */
export async function addFeedbackChoice(db: Kysely<Tables>, choice: FeedbackChoiceTable): Promise<void> {
  await db.insertInto("feedback_choice").values(choice).execute();
}

/** The choices of a person, oldest first. */
export async function feedbackChoicesOf(
  db: Kysely<Tables>,
  person: OfPerson,
): Promise<readonly FeedbackChoiceTable[]> {
  return db
    .selectFrom("feedback_choice")
    .selectAll()
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .orderBy("chosen_at")
    .orderBy("id")
    .execute();
}

/** One act of consent; `words` is the form as JSON text. */
export interface KeptConsent {
  readonly givenAt: number;
  readonly version: number;
  readonly language: string;
  readonly formHash: string;
  readonly ticks: Readonly<Record<string, boolean>>;
  readonly words: string | undefined;
  /** Of a consent on paper: the day of the signature, who saw it, and who wrote it down and when. */
  readonly signedOn?: string;
  readonly seenBy?: string;
  readonly recordedBy?: string;
  readonly recordedAt?: number;
}

/** Every act of consent of a person with the words shown as they were kept, oldest first. */
export async function consentsOf(db: Kysely<Tables>, person: OfPerson): Promise<readonly KeptConsent[]> {
  const rows = await db
    .selectFrom("consent")
    .leftJoin("consent_form as form", "form.hash", "consent.form_hash")
    .select(["consent.given_at", "consent.version", "consent.language", "consent.form_hash", "consent.ticks"])
    .select("form.text as words")
    .select(["consent.signed_on", "consent.seen_by", "consent.recorded_by", "consent.recorded_at"])
    .where("consent.study", "=", person.study)
    .where("consent.person", "=", person.id)
    .orderBy("consent.given_at")
    .execute();
  return rows.map((row) => ({
    givenAt: row.given_at,
    version: row.version,
    language: row.language,
    formHash: row.form_hash,
    ticks: parseTicks(row.ticks),
    words: row.words ?? undefined,
    ...(row.signed_on === null ? {} : { signedOn: row.signed_on }),
    ...(row.seen_by === null ? {} : { seenBy: row.seen_by }),
    ...(row.recorded_by === null ? {} : { recordedBy: row.recorded_by }),
    ...(row.recorded_at === null ? {} : { recordedAt: row.recorded_at }),
  }));
}

/** The versions of the consent that a person did not agree to, oldest first. */
export async function declinedConsentsOf(
  db: Kysely<Tables>,
  person: OfPerson,
): Promise<
  readonly {
    readonly at: number;
    readonly version: number;
    readonly language: string;
    readonly formHash: string;
  }[]
> {
  const rows = await db
    .selectFrom("consent_declined")
    .select(["declined_at", "version", "language", "form_hash"])
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .orderBy("declined_at")
    .execute();
  return rows.map(({ declined_at: at, form_hash: formHash, ...row }) => ({ at, formHash, ...row }));
}

/** What staff typed a second time of a person's forms, in order of wave. */
export async function secondTypingsOf(
  db: Kysely<Tables>,
  { study, id }: OfPerson,
): Promise<readonly { readonly wave: string; readonly at: number; readonly answers: Answers }[]> {
  const rows = await db
    .selectFrom("double_entry")
    .select(["wave", "second_at", "answers"])
    .where("study", "=", study)
    .where("person", "=", id)
    .where("answers", "is not", null)
    .orderBy("wave")
    .execute();
  const key = (await vaultOf(db).keysOf(study, [id])).get(id);
  return rows.flatMap(({ wave, second_at: at, answers }) =>
    key && at !== null && answers !== null
      ? [{ wave, at, answers: openSecondEntry(key, wave, answers) }]
      : [],
  );
}

/** Messages decided for a person, without what they said. */
export async function messagesTo(
  db: Kysely<Tables>,
  person: OfPerson,
): Promise<
  readonly {
    readonly about: string;
    readonly state: string;
    readonly decidedAt: number;
    readonly sentAt?: number;
    readonly wave?: string;
  }[]
> {
  const rows = await db
    .selectFrom("outbox")
    .select(["template", "parameters", "state", "decided_at", "sent_at"])
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .orderBy("decided_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    about: row.template,
    state: row.state,
    decidedAt: row.decided_at,
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
    ...waveIn(row.parameters),
  }));
}

/** What was written down of this person's own acts, and of what staff did that names them; oldest first. */
export async function eventsAbout(
  db: Kysely<Tables>,
  person: OfPerson,
): Promise<
  readonly { readonly at: number; readonly actor: string; readonly action: string; readonly wave?: string }[]
> {
  const rows = await db
    .selectFrom("audit")
    .select(["at", "actor", "action", "detail"])
    .where("study", "=", person.study)
    .where((or) =>
      or.or([or("actor", "=", `person:${person.id}`), or("detail", "like", `%"person":"${person.id}"%`)]),
    )
    .orderBy("at")
    .orderBy("id")
    .execute();
  // LIKE takes signs of an id for any, and capitals for small.
  const isOwn = ({ actor, detail }: { readonly actor: string; readonly detail: string }): boolean =>
    actor === `person:${person.id}` ||
    (parseJson(detail) as { readonly person?: unknown }).person === person.id;
  return rows.filter(isOwn).map(({ detail, ...row }) => ({ ...row, ...waveIn(detail) }));
}

/** The wave that the details of a message or of an act name, if they name one. */
function waveIn(json: string): { readonly wave?: string } {
  const { wave } = parseJson(json) as Readonly<Record<string, unknown>>;
  return typeof wave === "string" ? { wave } : {};
}
