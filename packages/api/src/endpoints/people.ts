import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Standing, WaveStateName } from "./shared.ts";
import { language, standing, time, waveStateName } from "./shared.ts";

/** What is most worth knowing about a person now: what is open, else the latest wave that has passed, or that they left. */
export type PersonNow = "invited" | Exclude<WaveStateName, "withdrawn"> | "withdrawn" | "erased";

/** Every state of a person, in the order in which they are listed. */
export const personStates: readonly [PersonNow, ...PersonNow[]] = [
  "open",
  "started",
  "invited",
  "not_yet",
  "completed",
  "missed",
  "withdrawn",
  "erased",
];

/** One person in the list; the label is the name given by staff, or "Person 12". */
export interface PersonRow {
  readonly id: string;
  readonly label: string;
  readonly standing: Standing;
  readonly invitedAt: number;
  readonly consentedAt?: number;
  /** Whether mail to the address came back, so that nothing is sent there until there is another one. */
  readonly mailReturns: boolean;
  /** That a form of theirs waits to be typed again, or was typed in two ways. */
  readonly typing?: "waiting" | "differs";
  readonly waves: readonly WaveStateName[];
  readonly now: PersonNow;
}

/** Someone who waits to be erased: the law gives a month. */
export interface ErasureRequest {
  readonly id: string;
  readonly label: string;
  readonly askedAt: number;
}

/** A page of 50 people; `next` is the `after` of the page that follows. */
export interface PeoplePage {
  readonly people: readonly PersonRow[];
  readonly next?: string;
  readonly total: number;
  /** How many are in each state, whatever is looked for. */
  readonly counts: Readonly<Record<PersonNow, number>>;
  /** How many have been asked to consent anew and have not answered. */
  readonly askedAnew: number;
  /** Who has asked the team to erase them, the longest waiting first. */
  readonly erasureRequests: readonly ErasureRequest[];
}

/** Where the page starts, what the label must contain, in which state people are, and whether they are asked to consent anew. */
export interface PeopleQuery {
  readonly after?: string;
  readonly search?: string;
  readonly state?: PersonNow;
  readonly consent?: "asked_anew";
}

/** A pasted list or CSV: a name and an e-mail address a line, either may be missing, a header is optional. */
export interface AddPeopleRequest {
  readonly text: string;
  /** Whether those with an address are invited and reminded by e-mail; left out: they are given their links by hand. */
  readonly invite?: boolean;
  /** Left out: everybody of the list is added. */
  readonly draw?: DrawRequest;
}

/** How some of a list are drawn at random: the list has a first line with column names then. */
export interface DrawRequest {
  readonly number: number;
  /** With the same list and seed the same people are drawn. */
  readonly seed: string;
  /** Columns whose values make groups that are drawn in proportion. */
  readonly by: readonly string[];
}

/** What was drawn from a list; nothing is kept of those who were not drawn. */
export interface DrawnSample {
  /** How many could have been drawn. */
  readonly frame: number;
  /** A name of exactly these people who could have been drawn, in whatever order they stood. */
  readonly frameHash: string;
  readonly seed: string;
  readonly by: readonly string[];
  readonly strata: readonly { readonly stratum: string; readonly frame: number; readonly drawn: number }[];
}

/** A line that was not added, and what to do about it; lines count from 1. */
export interface LineProblem {
  readonly line: number;
  readonly text: string;
  readonly expected: string;
  readonly remedy: string;
}

/** The people added, each with a personal link, and the lines that were not. */
export interface AddPeopleAnswer {
  readonly added: readonly { readonly id: string; readonly label: string; readonly link: string }[];
  readonly problems: readonly LineProblem[];
  readonly draw?: DrawnSample;
}

/** Where one person stands in one wave, and whether staff have something to do there. */
interface PersonWave {
  readonly wave: string;
  readonly state: WaveStateName;
  readonly opensAt: number;
  readonly closesAt: number;
  /** Questions that were answered or skipped; no answer is told. */
  readonly answered: number;
  /** `waiting`: to be typed a second time; `differs`: two people typed different answers. */
  readonly double: "waiting" | "differs" | null;
}

/** What happened to a person. Acts that were written down have the name of their line in the audit. */
export interface PersonEvent {
  readonly at: number;
  readonly kind:
    | "invited"
    | "consent"
    | "first_answer"
    | "finished"
    | "session"
    | "message"
    | "letter"
    | "act";
  /** Who did it: the person, Longwave by itself, or the address of a member of staff. */
  readonly by: string;
  readonly wave: string | null;
  /** The version of a consent, the template of a message, or the name of an act. */
  readonly what: string | null;
  /** Where a message stands. */
  readonly state: string | null;
}

/** One person as staff may see them; no answers. */
export interface PersonPage {
  readonly id: string;
  readonly label: string;
  readonly number: number;
  readonly standing: Standing;
  readonly invitedAt: number;
  readonly consentedAt: number | null;
  readonly timeZone: string | null;
  readonly language: "en" | "nb" | null;
  readonly site: string | null;
  readonly waves: readonly PersonWave[];
  /** Their whole story, the latest first; no answers and no words of messages. */
  readonly events: readonly PersonEvent[];
}

/** A personal link with its host. */
export interface PersonLink {
  readonly link: string;
}

const personNow = z.enum(personStates);
const peoplePage: z.ZodType<PeoplePage> = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      standing,
      invitedAt: time,
      consentedAt: time.exactOptional(),
      mailReturns: z.boolean(),
      typing: z.enum(["waiting", "differs"]).exactOptional(),
      waves: z.array(waveStateName),
      now: personNow,
    }),
  ),
  next: z.string().exactOptional(),
  total: z.int(),
  counts: z.record(personNow, z.int()),
  askedAnew: z.int(),
  erasureRequests: z.array(z.object({ id: z.string(), label: z.string(), askedAt: time })),
});
const addPeopleAnswer: z.ZodType<AddPeopleAnswer> = z.object({
  added: z.array(z.object({ id: z.string(), label: z.string(), link: z.string() })),
  problems: z.array(z.object({ line: z.int(), text: z.string(), expected: z.string(), remedy: z.string() })),
  draw: z
    .object({
      frame: z.int(),
      frameHash: z.string(),
      seed: z.string(),
      by: z.array(z.string()),
      strata: z.array(z.object({ stratum: z.string(), frame: z.int(), drawn: z.int() })),
    })
    .exactOptional(),
});
const drawRequest: z.ZodType<DrawRequest> = z.object({
  number: z.int().min(1).max(10_000),
  seed: z.string().trim().min(1).max(40),
  by: z.array(z.string().min(1).max(100)).max(5),
});

const personPage: z.ZodType<PersonPage> = z.object({
  id: z.string(),
  label: z.string(),
  number: z.int(),
  standing,
  invitedAt: time,
  consentedAt: time.nullable(),
  timeZone: z.string().nullable(),
  language: language.nullable(),
  site: z.string().nullable(),
  waves: z.array(
    z.object({
      wave: z.string(),
      state: waveStateName,
      opensAt: time,
      closesAt: time,
      answered: z.int(),
      double: z.enum(["waiting", "differs"]).nullable(),
    }),
  ),
  events: z.array(
    z.object({
      at: time,
      kind: z.enum(["invited", "consent", "first_answer", "finished", "session", "message", "letter", "act"]),
      by: z.string(),
      wave: z.string().nullable(),
      what: z.string().nullable(),
      state: z.string().nullable(),
    }),
  ),
});

/** The rows of the contract for the people of a study. */
export interface PeopleEndpoints {
  readonly people: Endpoint<"/api/studies/:study/people", unknown, PeopleQuery, PeoplePage>;
  readonly person: Endpoint<"/api/studies/:study/people/:person", unknown, unknown, PersonPage>;
  readonly addPeople: Endpoint<"/api/studies/:study/people", AddPeopleRequest, unknown, AddPeopleAnswer>;
  readonly personLink: Endpoint<"/api/studies/:study/people/:person/link", unknown, unknown, PersonLink>;
}

/** Endpoints of the people of a study. */
export const peopleEndpoints: PeopleEndpoints = {
  people: {
    who: "staff",
    needs: "people.list",
    method: "GET",
    path: "/api/studies/:study/people",
    summary: "The people of a study, 50 a page, and where each stands in every wave; no answers.",
    query: z.object({
      after: z.string().max(200).exactOptional(),
      search: z.string().max(200).exactOptional(),
      state: personNow.exactOptional(),
      consent: z.literal("asked_anew").exactOptional(),
    }),
    answer: { kind: "json", status: 200, schema: peoplePage },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  person: {
    who: "staff",
    needs: "people.list",
    method: "GET",
    path: "/api/studies/:study/people/:person",
    summary: "One person and where they stand in every wave; no answers.",
    answer: { kind: "json", status: 200, schema: personPage },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "person.not-found"],
  },
  addPeople: {
    who: "staff",
    needs: "people.add",
    method: "POST",
    path: "/api/studies/:study/people",
    summary:
      "Add people from a pasted list or CSV, or a random sample of it; a line that cannot be read is reported and stops no other.",
    body: z.object({
      text: z.string().min(1).max(2_000_000),
      invite: z.boolean().exactOptional(),
      draw: drawRequest.exactOptional(),
    }),
    answer: { kind: "json", status: 201, schema: addPeopleAnswer },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "staff.second-factor-needed",
      "study.not-found",
      "study.locked",
      "study.in-design",
      "study.recruitment-closed",
      "study.paused",
      "people.frame-unreadable",
    ],
  },
  personLink: {
    who: "staff",
    needs: "people.links",
    method: "POST",
    path: "/api/studies/:study/people/:person/link",
    summary: "Rotate a person's link: the new one works from now on, older ones and open visits end.",
    answer: { kind: "json", status: 200, schema: z.object({ link: z.string() }) },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "staff.second-factor-needed",
      "study.not-found",
      "person.not-found",
      "person.left",
    ],
  },
};
