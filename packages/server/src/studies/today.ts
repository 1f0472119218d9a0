import {
  may,
  type QueryState,
  type Today,
  type TodayDeadline,
  type TodayItem,
  type TodayPerson,
} from "@longwave/api";
import {
  currentZone,
  localDateOf,
  retentionState,
  takesAnswers,
  unconfirmedInstruments,
} from "@longwave/study";
import type { Inside } from "../access/gate.ts";
import { isOfSite, shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { lettersDue } from "../letters/write.ts";
import { everyoneNow, type PersonNowRow } from "../people/everyone.ts";
import { disputedChanges } from "../store/queries/address-changes.ts";
import { countPending } from "../store/queries/comments.ts";
import { dataQueries } from "../store/queries/data-queries.ts";
import { waitingForms } from "../store/queries/entries.ts";
import { erasureRequestsOf } from "../store/queries/erasure.ts";
import { unreadWriters } from "../store/queries/inbox.ts";
import { countMessages } from "../store/queries/outbox.ts";
import { countPeople, labelsOf } from "../store/queries/people.ts";
import { peopleWithReturns } from "../store/queries/returned-mail.ts";
import { latestRun } from "../store/queries/runs.ts";

const DAY_MS = 86_400_000;
/** Who has begun a form and not gone on for so long has been interrupted. */
const UNFINISHED_AFTER_MS = 2 * DAY_MS;
const AHEAD_MS = 14 * DAY_MS;
const PEOPLE_SHOWN = 5;

type Asking = Pick<Inside, "study" | "member">;

/** Somebody of whom something is to be told, before they have a name. */
interface Found {
  readonly id: string;
  readonly wave?: string;
  readonly since?: number;
}

/** Something to look at, before its people have names. */
interface Finding {
  readonly kind: TodayItem["kind"];
  readonly found: readonly Found[];
  /** Where it is not about people. */
  readonly count?: number;
  readonly detail?: string;
}

/** What a study needs of its team now; what needs nobody is left out. */
export async function todayOf(context: ServerContext, inside: Asking): Promise<Today> {
  const asOf = context.now();
  const everyone = await everyoneNow(context, inside);
  const takes = takesAnswers(inside.study.phase);
  const findings: readonly Finding[] = [
    ...(await inbox(context, inside)),
    await erasures(context, inside),
    await disputes(context, inside),
    ...(await mail(context, inside)),
    ...(takes ? await stuck(context, inside, everyone, asOf) : []),
    ...(await asked(context, inside)),
    ...(await team(context, inside)),
    ...(await retention(context, inside, asOf)),
  ];
  return {
    asOf,
    items: await withLabels(context, inside, findings),
    waves: takes ? wavesNow(context, inside, everyone) : [],
    deadlines: takes ? deadlinesOf(everyone, asOf) : [],
  };
}

async function disputes({ store }: ServerContext, { study, member }: Asking): Promise<Finding> {
  const found = may(member.role, "people.list") ? await disputedChanges(store.db, study.id) : [];
  return { kind: "address_disputed", found: found.map(({ person, since }) => ({ id: person, since })) };
}

async function inbox({ store }: ServerContext, { study, member }: Asking): Promise<readonly Finding[]> {
  if (!may(member.role, "inbox.read")) return [];
  const unread = await unreadWriters(store.db, study.id);
  return [
    { kind: "inbox_unread", found: unread.map(({ person, sentAt }) => ({ id: person, since: sentAt })) },
  ];
}

/** Queries that wait for an answer, for who may give one; and answered ones, for who may close them. */
async function asked({ store }: ServerContext, { study, member }: Asking): Promise<readonly Finding[]> {
  if (!may(member.role, "queries.read")) return [];
  const queries = (await dataQueries(store.db, { study: study.id })).toReversed();
  const inState = (wanted: QueryState): readonly Found[] =>
    queries
      .filter(({ state }) => state === wanted)
      .map(({ person, wave, changedAt }) => ({ id: person, wave, since: changedAt }));
  return [
    { kind: "query_open", found: may(member.role, "people.answers") ? inState("open") : [] },
    { kind: "query_answered", found: may(member.role, "queries.ask") ? inState("answered") : [] },
  ];
}

async function erasures({ store }: ServerContext, { study }: Asking): Promise<Finding> {
  const found = await erasureRequestsOf(store.db, study.id);
  return {
    kind: "erasure_request",
    found: found.map(({ person, askedAt }) => ({ id: person, since: askedAt })),
  };
}

async function mail(context: ServerContext, { study, member }: Asking): Promise<readonly Finding[]> {
  if (!may(member.role, "messages.read")) return [];
  const { failed, uncertain, queued } = await countMessages(context.store.db, study.id);
  const trouble = context.mail.trouble();
  return [
    { kind: "message_failed", found: [], count: failed },
    { kind: "message_uncertain", found: [], count: uncertain },
    ...(trouble === undefined
      ? []
      : [{ kind: "message_waiting" as const, found: [], count: Math.max(1, queued), detail: trouble }]),
  ];
}

/** People who cannot go on by themselves, and forms that wait for the team. */
async function stuck(
  context: ServerContext,
  { study }: Asking,
  everyone: readonly PersonNowRow[],
  now: number,
): Promise<readonly Finding[]> {
  const { db } = context.store;
  const forms = await waitingForms(db, study.id);
  const ofKind = (what: "waiting" | "differs"): readonly Found[] =>
    forms.filter((form) => form.what === what).map(({ person, wave }) => ({ id: person, wave }));
  const letters = study.pausedAt === undefined ? await lettersDue(context, db, study, now) : [];
  return [
    {
      kind: "mail_returned",
      found: [...(await peopleWithReturns(db, study.id))].map((id) => ({ id })),
    },
    {
      kind: "consent_anew",
      found: everyone.flatMap(({ person, askedAnewSince: since }) =>
        since === undefined ? [] : [{ id: person.id, since }],
      ),
    },
    { kind: "letter_due", found: letters.map(({ facts, due }) => ({ id: facts.id, wave: due.wave })) },
    { kind: "unfinished", found: unfinished(everyone, now) },
    { kind: "typed_differently", found: ofKind("differs") },
    { kind: "typed_once", found: ofKind("waiting") },
  ];
}

function unfinished(everyone: readonly PersonNowRow[], now: number): readonly Found[] {
  return everyone
    .flatMap(({ person, waves }) =>
      waves.flatMap(({ state, lastAnswerAt: since, window }) =>
        state === "started" && since !== undefined && now - since >= UNFINISHED_AFTER_MS
          ? [{ id: person.id, wave: window.wave, since }]
          : [],
      ),
    )
    .sort((a, b) => a.since - b.since);
}

async function team(context: ServerContext, { study, member }: Asking): Promise<readonly Finding[]> {
  const { db } = context.store;
  const protocol = context.compiler.protocol(study);
  const waiting =
    study.simulated || study.tryIt
      ? []
      : protocol.languages.filter((language) => unconfirmedInstruments(protocol, language).length > 0);
  const comments = may(member.role, "comments.read") ? await countPending(db, study.id) : 0;
  const run = may(member.role, "results.read") ? await latestRun(db, study.id) : undefined;
  return [
    { kind: "language_unconfirmed", found: [], count: waiting.length, detail: waiting.join(", ") },
    { kind: "comment_waiting", found: [], count: comments },
    { kind: "run_failed", found: [], count: run?.state === "failed" ? 1 : 0 },
  ];
}

/** The last day on which data may be kept: near or past, while anybody's are still there. */
async function retention(
  { compiler, store }: ServerContext,
  { study }: Asking,
  now: number,
): Promise<readonly Finding[]> {
  const state = retentionState(compiler.protocol(study), now);
  if (study.simulated || study.tryIt || state.kind === "none" || state.kind === "ahead") return [];
  const count = (await countPeople(store.db, study.id)) > 0 ? 1 : 0;
  return [{ kind: `retention_${state.kind}`, found: [], count, detail: state.keepUntil }];
}

/** Of people of another site nothing is told, not even how many there are. */
async function withLabels(
  { store }: ServerContext,
  { study, member }: Asking,
  findings: readonly Finding[],
): Promise<readonly TodayItem[]> {
  const ids = findings.flatMap(({ found }) => found.map(({ id }) => id));
  const people = new Map((await labelsOf(store.db, study.id, ids)).map((person) => [person.id, person]));
  return findings.flatMap(({ kind, found, count, detail }) => {
    const shown = found.flatMap(({ id, wave = null, since = null }): readonly TodayPerson[] => {
      const person = people.get(id);
      if (!person || !isOfSite(member, person.site)) return [];
      return [{ id, label: shownLabel(member, person), wave, since }];
    });
    const many = count ?? shown.length;
    if (many === 0) return [];
    return [{ kind, count: many, people: shown.slice(0, PEOPLE_SHOWN), detail: detail ?? null }];
  });
}

function wavesNow(
  { compiler }: ServerContext,
  { study }: Asking,
  everyone: readonly PersonNowRow[],
): Today["waves"] {
  const counts = new Map<string, { due: number; begun: number }>();
  for (const { waves } of everyone)
    for (const { window, state } of waves) {
      if (state !== "open" && state !== "started") continue;
      const count = counts.get(window.wave) ?? { due: 0, begun: 0 };
      counts.set(window.wave, count);
      count[state === "open" ? "due" : "begun"] += 1;
    }
  return compiler.protocol(study).waves.flatMap(({ id }) => {
    const count = counts.get(id);
    return count === undefined ? [] : [{ wave: id, ...count }];
  });
}

/** What opens and closes in the next two weeks for those who still take part, by day of their own calendars. */
function deadlinesOf(everyone: readonly PersonNowRow[], now: number): Today["deadlines"] {
  const found = new Map<string, { -readonly [K in keyof TodayDeadline]: TodayDeadline[K] }>();
  const add = (kind: TodayDeadline["kind"], wave: string, day: string): void => {
    const key = `${day} ${wave} ${kind}`;
    const known = found.get(key) ?? { day, kind, wave, people: 0 };
    found.set(key, known);
    known.people += 1;
  };
  for (const { person, waves } of everyone) {
    const zone = currentZone({ timeZone: person.timeZone ?? "UTC", moves: person.moves });
    for (const { window, state } of waves) {
      const { wave, opensAt, closesAt } = window;
      if (state === "not_yet" && opensAt < now + AHEAD_MS) add("opens", wave, localDateOf(opensAt, zone));
      if ((state === "open" || state === "started") && closesAt < now + AHEAD_MS)
        add("closes", wave, localDateOf(closesAt - 1, zone));
    }
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, deadline]) => deadline);
}
