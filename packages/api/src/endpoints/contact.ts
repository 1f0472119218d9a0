import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { LikelyDuplicate } from "./recruitment.ts";
import { isKept, siteName, time } from "./shared.ts";

/** How a person is reached, as they see it themselves; null: the study does not know it. */
export interface OwnContact {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** Whether mail to the address came back. */
  readonly mailReturns: boolean;
  /** An address that a code has been sent to, and until when (ms UTC) it can be typed. */
  readonly waiting?: { readonly email: string; readonly until: number };
}

/** What a person wants changed: left out, it stays; null takes it away. */
export interface OwnContactChange {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
}

/** One change that was made, as the team reads it. */
export interface ContactHistory {
  readonly at: number;
  /** The person, or the address of a member of staff. */
  readonly by: string;
  readonly fields: readonly {
    readonly field: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  readonly reason: string | null;
}

/** How a person is reached, as the team sees it. */
export interface PersonContact {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly site: string | null;
  readonly mailReturns: boolean;
  /** Somebody at the old address said that a change was not theirs: nothing is sent until the team has settled it. */
  readonly disputed: { readonly at: number; readonly from: string | null; readonly to: string | null } | null;
  /** The sites of the study that are known; none to choose for whoever belongs to one. */
  readonly sites: readonly string[];
  readonly history: readonly ContactHistory[];
  /** Other people who may be this one: the same name, and no two years of birth that differ. */
  readonly duplicates: readonly LikelyDuplicate[];
}

/** What staff change, and why. */
export interface ContactChange extends OwnContactChange {
  readonly site?: string | null;
  readonly reason: string;
}

const text = (most: number) => z.string().trim().min(1).max(most).refine(isKept).nullable().exactOptional();
const changed = { name: text(120), email: text(254), phone: text(40) };
const known = { name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() };

const ownContact: z.ZodType<OwnContact> = z.object({
  ...known,
  mailReturns: z.boolean(),
  waiting: z.object({ email: z.string(), until: time }).exactOptional(),
});

const somebody = z.object({ id: z.string(), label: z.string(), number: z.int() });
const personContact: z.ZodType<PersonContact> = z.object({
  ...known,
  site: z.string().nullable(),
  mailReturns: z.boolean(),
  disputed: z.object({ at: time, from: z.string().nullable(), to: z.string().nullable() }).nullable(),
  sites: z.array(z.string()),
  history: z.array(
    z.object({
      at: time,
      by: z.string(),
      fields: z.array(
        z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
      ),
      reason: z.string().nullable(),
    }),
  ),
  duplicates: z.array(
    z.object({
      person: somebody,
      other: somebody,
      bornIn: z.int().exactOptional(),
      verdict: z.enum(["same", "different"]).exactOptional(),
    }),
  ),
});

/** The rows of the contract for how people are reached. */
export interface ContactEndpoints {
  readonly ownContact: Endpoint<"/api/participant/contact", unknown, unknown, OwnContact>;
  readonly changeOwnContact: Endpoint<"/api/participant/contact", OwnContactChange, unknown, OwnContact>;
  readonly confirmOwnEmail: Endpoint<
    "/api/participant/contact/confirm",
    { readonly code: string },
    unknown,
    OwnContact
  >;
  readonly personContact: Endpoint<
    "/api/studies/:study/people/:person/contact",
    unknown,
    unknown,
    PersonContact
  >;
  readonly changeContact: Endpoint<
    "/api/studies/:study/people/:person/contact",
    ContactChange,
    unknown,
    PersonContact
  >;
}

const visit = ["session.none", "person.left"] as const;
const inside = [
  "staff.not-signed-in",
  "staff.not-allowed",
  "staff.second-factor-needed",
  "study.not-found",
  "person.not-found",
] as const;

/** Endpoints of how people are reached: their own page asks for a one-time code first (ruling 24). */
export const contactEndpoints: ContactEndpoints = {
  ownContact: {
    who: "participant",
    method: "GET",
    path: "/api/participant/contact",
    summary: "Name, e-mail address and telephone number of the person of this visit.",
    answer: { kind: "json", status: 200, schema: ownContact },
    problems: [...visit, "session.not-verified"],
  },
  changeOwnContact: {
    who: "participant",
    method: "POST",
    path: "/api/participant/contact",
    summary:
      "Change them: name and telephone at once, a new address once the code sent there has been typed.",
    body: z.object(changed),
    answer: { kind: "json", status: 200, schema: ownContact },
    problems: [
      ...visit,
      "session.not-verified",
      "contact.demonstration",
      "contact.invalid",
      "request.too-many",
    ],
  },
  confirmOwnEmail: {
    who: "participant",
    method: "POST",
    path: "/api/participant/contact/confirm",
    summary: "Type the code that was sent to a new address: from now on messages go there.",
    body: z.object({ code: z.string().min(1).max(40) }),
    answer: { kind: "json", status: 200, schema: ownContact },
    problems: [...visit, "code.wrong", "contact.address-taken", "request.too-many"],
  },
  personContact: {
    who: "staff",
    needs: "people.identities",
    method: "GET",
    path: "/api/studies/:study/people/:person/contact",
    summary: "How a person is reached, and what was changed of it by whom and why.",
    answer: { kind: "json", status: 200, schema: personContact },
    problems: [...inside],
  },
  changeContact: {
    who: "staff",
    needs: "people.contact",
    method: "POST",
    path: "/api/studies/:study/people/:person/contact",
    summary: "Change name, e-mail address, telephone number or site of a person, with the reason.",
    body: z.object({
      ...changed,
      site: siteName.nullable().exactOptional(),
      reason: z.string().trim().min(3).max(500).refine(isKept),
    }),
    answer: { kind: "json", status: 200, schema: personContact },
    problems: [...inside, "person.left", "contact.invalid", "contact.address-taken"],
  },
};
