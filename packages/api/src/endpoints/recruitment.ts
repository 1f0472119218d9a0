import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { id, time } from "./shared.ts";

/** How the open link of a study stands: on, or why nobody can join by it. */
export type OpenLinkState = "open" | "not_open" | "paused" | "full" | "closed" | "today";

/** One day of recruitment (UTC); `opened` counts pages, all else counts people or forms. */
export interface RecruitmentDay {
  readonly day: string;
  readonly invited: number;
  readonly opened: number;
  readonly eligible: number;
  readonly ineligible: number;
  readonly consented: number;
}

/** How people come into a study. */
export interface RecruitmentPage {
  /** The public address and its switch; absent where the study text has no open link. */
  readonly link?: {
    readonly address: string;
    readonly state: OpenLinkState;
    readonly switchedOn: boolean;
    readonly changedAt?: number;
    readonly places?: number;
    readonly mostPerDay: number;
  };
  /** The target of the plan, in people who answer at least once. */
  readonly target: number;
  readonly invited: number;
  readonly joinedOpenly: number;
  readonly consented: number;
  readonly days: readonly RecruitmentDay[];
  /** Why people could not take part, in the order of the study text. */
  readonly reasons: readonly { readonly id: string; readonly reason: string; readonly times: number }[];
}

/** What a manager says of two people who may be one. */
export type DuplicateVerdict = "same" | "different";

/** Two people who may be one: they have the same name, and no two years of birth are known that differ. */
export interface LikelyDuplicate {
  readonly person: { readonly id: string; readonly label: string; readonly number: number };
  readonly other: { readonly id: string; readonly label: string; readonly number: number };
  /** The year of birth that both gave, where both did. */
  readonly bornIn?: number;
  readonly verdict?: DuplicateVerdict;
}

/** A manager's word on two people. */
export interface DuplicateMark {
  readonly person: string;
  readonly other: string;
  readonly verdict: DuplicateVerdict;
}

const count = z.int().min(0);
const state = z.enum(["open", "not_open", "paused", "full", "closed", "today"]);
const verdict = z.enum(["same", "different"]);

const recruitmentPage: z.ZodType<RecruitmentPage> = z.object({
  link: z
    .object({
      address: z.string(),
      state,
      switchedOn: z.boolean(),
      changedAt: time.exactOptional(),
      places: count.exactOptional(),
      mostPerDay: count,
    })
    .exactOptional(),
  target: count,
  invited: count,
  joinedOpenly: count,
  consented: count,
  days: z.array(
    z.object({
      day: z.iso.date(),
      invited: count,
      opened: count,
      eligible: count,
      ineligible: count,
      consented: count,
    }),
  ),
  reasons: z.array(z.object({ id: z.string(), reason: z.string(), times: count })),
});

const person = z.object({ id: z.string(), label: z.string(), number: count });
const duplicates: z.ZodType<{ readonly duplicates: readonly LikelyDuplicate[] }> = z.object({
  duplicates: z.array(
    z.object({
      person,
      other: person,
      bornIn: z.int().exactOptional(),
      verdict: verdict.exactOptional(),
    }),
  ),
});

/** The rows of the contract for recruitment. */
export interface RecruitmentEndpoints {
  readonly recruitment: Endpoint<"/api/studies/:study/recruitment", unknown, unknown, RecruitmentPage>;
  readonly switchOpenLink: Endpoint<
    "/api/studies/:study/recruitment/open",
    { readonly open: boolean },
    unknown,
    RecruitmentPage
  >;
  readonly likelyDuplicates: Endpoint<
    "/api/studies/:study/recruitment/duplicates",
    unknown,
    unknown,
    { readonly duplicates: readonly LikelyDuplicate[] }
  >;
  readonly markDuplicate: Endpoint<
    "/api/studies/:study/recruitment/duplicates/mark",
    DuplicateMark,
    unknown,
    { readonly duplicates: readonly LikelyDuplicate[] }
  >;
}

const inside = ["staff.not-signed-in", "staff.not-allowed", "study.not-found"] as const;

/** Endpoints of recruitment. */
export const recruitmentEndpoints: RecruitmentEndpoints = {
  recruitment: {
    who: "staff",
    needs: "study.read",
    method: "GET",
    path: "/api/studies/:study/recruitment",
    summary:
      "How people come into the study: the open link, and by day who was invited, could take part and consented.",
    answer: { kind: "json", status: 200, schema: recruitmentPage },
    problems: [...inside],
  },
  switchOpenLink: {
    who: "staff",
    needs: "recruitment.open",
    method: "POST",
    path: "/api/studies/:study/recruitment/open",
    summary: "Let people join at the public address of the study, or stop it.",
    body: z.object({ open: z.boolean() }),
    answer: { kind: "json", status: 200, schema: recruitmentPage },
    problems: [
      ...inside,
      "study.no-open-link",
      "study.in-design",
      "study.locked",
      "study.recruitment-closed",
      "study.paused",
    ],
  },
  likelyDuplicates: {
    who: "staff",
    needs: "people.duplicates",
    method: "GET",
    path: "/api/studies/:study/recruitment/duplicates",
    summary: "People who have the same name and no differing year of birth: they may be one.",
    answer: { kind: "json", status: 200, schema: duplicates },
    problems: [...inside, "staff.second-factor-needed"],
  },
  markDuplicate: {
    who: "staff",
    needs: "people.duplicates",
    method: "POST",
    path: "/api/studies/:study/recruitment/duplicates/mark",
    summary:
      "Say whether two people are one. Nobody is merged: the one who is there twice is asked to leave once.",
    body: z.object({ person: id, other: id, verdict }),
    answer: { kind: "json", status: 200, schema: duplicates },
    problems: [...inside, "staff.second-factor-needed", "person.not-found"],
  },
};
