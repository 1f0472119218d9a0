import type {
  FollowQueryRequest,
  OpenQueryRequest,
  QueriesPage,
  QueryEntryKind,
  QueryState,
  SayRequest,
} from "@longwave/api";
import { questionWords } from "@longwave/findings";
import { itemsAsked } from "@longwave/study";
import type { Kysely } from "kysely";
import type { Inside } from "../access/gate.ts";
import { isOfSite, requireOfSite, shownLabel } from "../access/names.ts";
import { hasLeft } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import {
  addDataQuery,
  addQueryEntry,
  type DataQuery,
  dataQueries,
  queryEntries,
} from "../store/queries/data-queries.ts";
import { standingOf } from "../store/queries/departures.ts";
import { labelsOf, personById } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { protocolOfAnswers, questionsByWave } from "./questions.ts";

type Member = Pick<Inside, "study" | "member">;
type Acting = Pick<Inside, "study" | "member" | "staff">;

/** More are never looked at on one page; the states tell them apart. */
const MOST_SHOWN = 200;

/** The queries of a study that a member of staff may see, with what was said about each. */
export async function queriesPage(
  context: ServerContext,
  inside: Member,
  state?: QueryState,
): Promise<QueriesPage> {
  const { db } = context.store;
  const { study, member } = inside;
  const all = await visibleQueries(db, inside);
  const shown = all.filter(({ query }) => state === undefined || query.state === state).slice(0, MOST_SHOWN);
  const said = await queryEntries(
    db,
    study.id,
    shown.map(({ query }) => query),
  );
  const protocol = await protocolOfAnswers(context, study);
  const count = (of: QueryState): number => all.filter(({ query }) => query.state === of).length;
  return {
    queries: shown.map(({ query, label }) => ({
      ...query,
      person: { id: query.person, label: shownLabel(member, label) },
      question: questionWords(protocol, query.item, "en"),
      entries: said
        .filter((entry) => entry.query === query.id)
        .map(({ kind, words, by, at }) => ({ kind, words, by, at })),
    })),
    waves: questionsByWave(protocol),
    counts: { open: count("open"), answered: count("answered"), closed: count("closed") },
  };
}

type Label = Awaited<ReturnType<typeof labelsOf>>[number];

async function visibleQueries(
  db: Kysely<Tables>,
  { study, member }: Member,
): Promise<readonly { readonly query: DataQuery; readonly label: Label }[]> {
  const queries = await dataQueries(db, { study: study.id });
  const people = [...new Set(queries.map(({ person }) => person))];
  const labels = new Map((await labelsOf(db, study.id, people)).map((each) => [each.id, each]));
  return queries.flatMap((query) => {
    const label = labels.get(query.person);
    return label && isOfSite(member, label.site) ? [{ query, label }] : [];
  });
}

/**
 * Opens a query about one answer of one person, whether there is an answer or not: that it is missing can be asked too.
 *
 * @throws Refusal `person.not-found`, `person.left`, `answer.item-unknown`
 */
export async function openQuery(
  context: ServerContext,
  inside: Acting,
  { id, person, wave, item, words }: OpenQueryRequest,
): Promise<QueriesPage> {
  const { db } = context.store;
  const { study, member, staff } = inside;
  requireOfSite(member, await personById(db, study.id, person), person);
  const protocol = await protocolOfAnswers(context, study);
  if (!itemsAsked(protocol, wave).includes(item)) throw itemUnknown(wave, item);
  const at = context.now();
  await db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    if ((await standingOf(trx, study.id, person)) === "erased") throw hasLeft();
    const query = { id, person, wave, item };
    const isNew = await addDataQuery(trx, study.id, query, { id, words, by: staff.email, at });
    if (isNew) await record(trx, { ...inside, query, at, kind: "asked" });
  });
  return queriesPage(context, inside);
}

/**
 * Explains the answer that a query is about.
 *
 * @throws Refusal `query.not-found`, `query.closed`
 */
export async function answerQuery(
  context: ServerContext,
  inside: Acting,
  { query, request }: { readonly query: string; readonly request: SayRequest },
): Promise<QueriesPage> {
  return say(context, inside, { ...request, query, kind: "explained" });
}

/**
 * Asks again, which opens a query anew, or closes it.
 *
 * @throws Refusal `query.not-found`, `query.closed`, `request.invalid`
 */
export async function followQuery(
  context: ServerContext,
  inside: Acting,
  { query, request }: { readonly query: string; readonly request: FollowQueryRequest },
): Promise<QueriesPage> {
  if (request.do === "ask" && request.words.length < 3) throw wordsMissing();
  return say(context, inside, { ...request, query, kind: request.do === "ask" ? "asked" : "closed" });
}

/** What people say; that an answer was corrected is written down by the correction. */
type Said = Exclude<QueryEntryKind, "corrected">;

interface Saying extends SayRequest {
  readonly query: string;
  readonly kind: Said;
}

async function say(
  context: ServerContext,
  inside: Acting,
  { query: id, kind, words, id: entry }: Saying,
): Promise<QueriesPage> {
  const { study, staff } = inside;
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    const query = (await visibleQueries(trx, inside)).find((each) => each.query.id === id)?.query;
    if (query === undefined) throw notFound(id);
    if (query.state === "closed" && kind !== "asked") throw isClosed();
    const { person } = query;
    const isNew = await addQueryEntry(trx, study.id, {
      person,
      entry: { query: id, id: entry, kind, words, by: staff.email, at },
    });
    if (isNew) await record(trx, { ...inside, query, at, kind });
  });
  return queriesPage(context, inside);
}

/** That an answer was corrected answers the queries about it; the reason of the correction is what is said. */
export async function answerByCorrection(
  trx: Kysely<Tables>,
  { study, person, wave }: { readonly study: string; readonly person: string; readonly wave: string },
  corrected: {
    readonly item: string;
    readonly answer: string;
    readonly reason: string;
    readonly by: string;
    readonly at: number;
  },
): Promise<void> {
  const { item, answer, reason: words, by, at } = corrected;
  for (const query of await dataQueries(trx, { study, person }))
    if (query.state === "open" && query.wave === wave && query.item === item)
      await addQueryEntry(trx, study, {
        person,
        entry: { query: query.id, id: `${answer} ${query.id}`, kind: "corrected", words, by, at },
      });
}

interface Recorded extends Pick<Acting, "study" | "staff"> {
  readonly query: Pick<DataQuery, "id" | "person" | "wave" | "item">;
  readonly at: number;
  readonly kind: Said;
}

/** What was said stands with the query, sealed; the audit says who did what to which. */
function record(trx: Kysely<Tables>, { study, staff, query, at, kind }: Recorded): Promise<void> {
  const { id, person, wave, item } = query;
  const detail = { query: id, person, wave, item };
  return recordEvent(trx, {
    ...{ at, study: study.id, detail },
    actor: `staff:${staff.email}`,
    action: `query.${kind}`,
  });
}

function itemUnknown(wave: string, item: string) {
  return refuse(
    "answer.item-unknown",
    `a question of wave ${wave}`,
    item,
    "Choose one of the questions of that wave.",
  );
}

function notFound(id: string) {
  return refuse("query.not-found", "a query of this study", id, "Load the page again.");
}

function isClosed() {
  return refuse(
    "query.closed",
    "a query that is open",
    "one that has been closed",
    "Ask again, which opens it anew.",
  );
}

function wordsMissing() {
  return refuse(
    "request.invalid",
    "what is asked, in three letters or more",
    "no words",
    "Write what you want to know.",
  );
}
