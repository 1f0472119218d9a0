import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { ProblemCode } from "../problems.ts";
import { id, time } from "./shared.ts";

/** Why a form is worth a look. */
export type FlagKind = "straight_lined" | "fast" | "changed";

/** One reason to look at a form; a change names its question. What was answered is not told. */
export interface FormFlag {
  readonly kind: FlagKind;
  readonly item?: string;
  readonly question?: string;
  /** `ends`: from one end of the scale to the other; `differs`: asked once and answered in two ways. */
  readonly change?: "ends" | "differs";
}

/** Somebody as the reader may see them. */
interface LabelledPerson {
  readonly id: string;
  readonly label: string;
}

/** A form that is worth a look. */
export interface FlaggedForm {
  readonly person: LabelledPerson;
  readonly wave: string;
  readonly flags: readonly FormFlag[];
  /** Queries about it that are not closed. */
  readonly queries: number;
}

/** A wave with its questions, to ask about. */
export interface WaveQuestions {
  readonly wave: string;
  readonly items: readonly { readonly id: string; readonly question: string }[];
}

/** One page of flagged forms, of `total` that match; `counts` are forms by kind, whatever is asked for. */
export interface QualityPage {
  readonly asOf: number;
  readonly forms: readonly FlaggedForm[];
  readonly total: number;
  readonly counts: Readonly<Record<FlagKind, number>>;
  readonly waves: readonly WaveQuestions[];
}

/** Which flagged forms are asked for; `after`: how many to pass over. */
export interface QualityQuery {
  readonly kind?: FlagKind;
  readonly wave?: string;
  readonly after?: string;
}

/** How far a query is. */
export type QueryState = "open" | "answered" | "closed";

/** Every state of a query, in the order in which it goes. */
export const queryStates: readonly [QueryState, ...QueryState[]] = ["open", "answered", "closed"];

/** What was said or done about a query; asking again opens it anew. */
export type QueryEntryKind = "asked" | "explained" | "corrected" | "closed";

/** A question of the team about one answer of one person, with what was said about it. */
export interface QueryItem {
  readonly id: string;
  readonly person: LabelledPerson;
  readonly wave: string;
  readonly item: string;
  readonly question: string;
  readonly state: QueryState;
  readonly changedAt: number;
  readonly entries: readonly {
    readonly kind: QueryEntryKind;
    readonly words: string;
    readonly by: string;
    readonly at: number;
  }[];
}

/** The queries of a study in one state, or all: what moved last comes first; and the questions to ask about. */
export interface QueriesPage {
  readonly waves: readonly WaveQuestions[];
  readonly queries: readonly QueryItem[];
  readonly counts: Readonly<Record<QueryState, number>>;
}

/** A query to open; the id is made in the browser, so that it is safe to send twice. */
export interface OpenQueryRequest {
  readonly id: string;
  readonly person: string;
  readonly wave: string;
  readonly item: string;
  readonly words: string;
}

/** What is said about a query; the id is made in the browser. */
export interface SayRequest {
  readonly id: string;
  readonly words: string;
}

/** To ask again, or to close; closing needs no words. */
export interface FollowQueryRequest extends SayRequest {
  readonly do: "ask" | "close";
}

const flagKind = z.enum(["straight_lined", "fast", "changed"]);
const state = z.enum(queryStates);
const count = z.int().min(0);
const person = z.object({ id: z.string(), label: z.string() });
const name = z.string().min(1).max(200);
/** PostgreSQL keeps no text with the character NUL. */
const words = z
  .string()
  .trim()
  .max(1000)
  .refine((text) => !text.includes("\0"));
const said = words.min(3);

const waves: z.ZodType<readonly WaveQuestions[]> = z.array(
  z.object({ wave: z.string(), items: z.array(z.object({ id: z.string(), question: z.string() })) }),
);

const qualityPage: z.ZodType<QualityPage> = z.object({
  asOf: time,
  forms: z.array(
    z.object({
      person,
      wave: z.string(),
      flags: z.array(
        z.object({
          kind: flagKind,
          item: z.string().exactOptional(),
          question: z.string().exactOptional(),
          change: z.enum(["ends", "differs"]).exactOptional(),
        }),
      ),
      queries: count,
    }),
  ),
  total: count,
  counts: z.object({ straight_lined: count, fast: count, changed: count }),
  waves,
});

const queriesPage: z.ZodType<QueriesPage> = z.object({
  queries: z.array(
    z.object({
      id: z.string(),
      person,
      wave: z.string(),
      item: z.string(),
      question: z.string(),
      state,
      changedAt: time,
      entries: z.array(
        z.object({
          kind: z.enum(["asked", "explained", "corrected", "closed"]),
          words: z.string(),
          by: z.string(),
          at: time,
        }),
      ),
    }),
  ),
  counts: z.object({ open: count, answered: count, closed: count }),
  waves,
});

/** The rows of the contract for looking after data. */
export interface QualityEndpoints {
  readonly quality: Endpoint<"/api/studies/:study/quality", unknown, QualityQuery, QualityPage>;
  readonly queries: Endpoint<
    "/api/studies/:study/queries",
    unknown,
    { readonly state?: QueryState },
    QueriesPage
  >;
  readonly openQuery: Endpoint<"/api/studies/:study/queries", OpenQueryRequest, unknown, QueriesPage>;
  readonly answerQuery: Endpoint<
    "/api/studies/:study/queries/:query/answer",
    SayRequest,
    unknown,
    QueriesPage
  >;
  readonly followQuery: Endpoint<
    "/api/studies/:study/queries/:query/follow",
    FollowQueryRequest,
    unknown,
    QueriesPage
  >;
}

const inside: readonly ProblemCode[] = [
  "staff.not-signed-in",
  "staff.not-allowed",
  "staff.second-factor-needed",
  "study.not-found",
];

/** Endpoints of looking after data. */
export const qualityEndpoints: QualityEndpoints = {
  quality: {
    who: "staff",
    needs: "queries.read",
    method: "GET",
    path: "/api/studies/:study/quality",
    summary: "Forms worth a look: one answer all the way down, under 40 seconds, or an unlikely change.",
    query: z.object({
      kind: flagKind.exactOptional(),
      wave: name.exactOptional(),
      after: z
        .string()
        .regex(/^\d{1,7}$/)
        .exactOptional(),
    }),
    answer: { kind: "json", status: 200, schema: qualityPage },
    problems: inside,
  },
  queries: {
    who: "staff",
    needs: "queries.read",
    method: "GET",
    path: "/api/studies/:study/queries",
    summary: "Queries on single answers with what was said about them: what moved last comes first.",
    query: z.object({ state: state.exactOptional() }),
    answer: { kind: "json", status: 200, schema: queriesPage },
    problems: inside,
  },
  openQuery: {
    who: "staff",
    needs: "queries.ask",
    method: "POST",
    path: "/api/studies/:study/queries",
    summary: "Open a query about one answer of one person; written down.",
    body: z.object({ id, person: name, wave: name, item: name, words: said }),
    answer: { kind: "json", status: 200, schema: queriesPage },
    problems: [...inside, "person.not-found", "person.left", "answer.item-unknown"],
  },
  answerQuery: {
    who: "staff",
    needs: "people.answers",
    method: "POST",
    path: "/api/studies/:study/queries/:query/answer",
    summary: "Explain the answer that a query is about; a correction of it answers the query by itself.",
    body: z.object({ id, words: said }),
    answer: { kind: "json", status: 200, schema: queriesPage },
    problems: [...inside, "query.not-found", "query.closed"],
  },
  followQuery: {
    who: "staff",
    needs: "queries.ask",
    method: "POST",
    path: "/api/studies/:study/queries/:query/follow",
    summary: "Ask again, which opens a query anew, or close it; written down.",
    body: z.object({ id, do: z.enum(["ask", "close"]), words }),
    answer: { kind: "json", status: 200, schema: queriesPage },
    problems: [...inside, "query.not-found", "query.closed", "request.invalid"],
  },
};
