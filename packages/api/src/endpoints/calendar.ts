import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { WaveStateName } from "./shared.ts";
import { time, waveStateName } from "./shared.ts";

/** What happens: a wave opens, has its last day, or a message goes. */
export type CalendarKind = "opens" | "closes" | "message";

/** What happens to how many people on a day of their own calendars; without a wave it is recruitment. */
export interface CalendarCount {
  readonly kind: CalendarKind;
  readonly wave: string | null;
  readonly people: number;
}

/** What will happen in a study in the twelve months from a moment on, if nobody answers and nothing changes. */
export interface StudyCalendar {
  readonly asOf: number;
  readonly days: readonly { readonly day: string; readonly counts: readonly CalendarCount[] }[];
}

/** What will happen to one person in the twelve months from a moment on, and where each wave stands then. */
export interface PersonCalendar {
  readonly asOf: number;
  readonly timeZone: string;
  readonly waves: readonly { readonly wave: string; readonly state: WaveStateName }[];
  readonly entries: readonly {
    readonly at: number;
    readonly day: string;
    readonly kind: CalendarKind;
    readonly wave: string | null;
    readonly contact?: string;
  }[];
}

/** Another moment than now: a day, such as 2027-03-01. */
export interface CalendarQuery {
  readonly asOf?: string;
}

const kind = z.enum(["opens", "closes", "message"]);
const query = z.object({ asOf: z.iso.date().exactOptional() });

const studyCalendar: z.ZodType<StudyCalendar> = z.object({
  asOf: time,
  days: z.array(
    z.object({
      day: z.string(),
      counts: z.array(z.object({ kind, wave: z.string().nullable(), people: z.int() })),
    }),
  ),
});

const personCalendar: z.ZodType<PersonCalendar> = z.object({
  asOf: time,
  timeZone: z.string(),
  waves: z.array(z.object({ wave: z.string(), state: waveStateName })),
  entries: z.array(
    z.object({
      at: time,
      day: z.string(),
      kind,
      wave: z.string().nullable(),
      contact: z.string().exactOptional(),
    }),
  ),
});

/** The rows of the contract for calendars. */
export interface CalendarEndpoints {
  readonly calendar: Endpoint<"/api/studies/:study/calendar", unknown, CalendarQuery, StudyCalendar>;
  readonly personCalendar: Endpoint<
    "/api/studies/:study/people/:person/calendar",
    unknown,
    CalendarQuery,
    PersonCalendar
  >;
}

/** Endpoints of calendars. */
export const calendarEndpoints: CalendarEndpoints = {
  calendar: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/calendar",
    summary: "What will happen in the next twelve months, by day, as of now or of another day.",
    query,
    answer: { kind: "json", status: 200, schema: studyCalendar },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  personCalendar: {
    who: "staff",
    needs: "people.list",
    method: "GET",
    path: "/api/studies/:study/people/:person/calendar",
    summary: "What will happen to one person in the next twelve months, as of now or of another day.",
    query,
    answer: { kind: "json", status: 200, schema: personCalendar },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "person.not-found"],
  },
};
