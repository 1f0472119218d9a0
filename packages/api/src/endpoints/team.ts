import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Role } from "../rules.ts";
import { roles } from "../rules.ts";
import { siteName, time } from "./shared.ts";

/** Somebody who works on a study. */
export interface TeamMember {
  readonly email: string;
  readonly role: Role;
  /** The one site whose people they see; null for all. */
  readonly site: string | null;
  readonly addedAt: number;
  readonly addedBy: string;
  /** Whether it is the one who asks. */
  readonly you: boolean;
}

/** Everyone who works on a study, in the order they came. */
export interface Team {
  readonly members: readonly TeamMember[];
}

/** What somebody is to be in a study; without `site`, of all its sites. */
export interface MemberRequest {
  readonly email: string;
  readonly role: Role;
  readonly site?: string;
}

/** Who is to leave. */
export interface RemoveMemberRequest {
  readonly email: string;
}

const role = z.enum(roles);
const team: z.ZodType<Team> = z.object({
  members: z.array(
    z.object({
      email: z.string(),
      role,
      site: z.string().nullable(),
      addedAt: time,
      addedBy: z.string(),
      you: z.boolean(),
    }),
  ),
});

const email = z.string().trim().toLowerCase().pipe(z.email().max(200));
const memberRequest: z.ZodType<MemberRequest> = z.object({
  email,
  role,
  site: siteName.exactOptional(),
});

/** The rows of the contract for the team of a study. */
export interface TeamEndpoints {
  readonly team: Endpoint<"/api/studies/:study/team", unknown, unknown, Team>;
  readonly inviteMember: Endpoint<"/api/studies/:study/team", MemberRequest, unknown, Team>;
  readonly changeMember: Endpoint<"/api/studies/:study/team/change", MemberRequest, unknown, Team>;
  readonly removeMember: Endpoint<"/api/studies/:study/team/remove", RemoveMemberRequest, unknown, Team>;
}

/** Endpoints of the team of a study; addresses travel in bodies, never in an address. */
export const teamEndpoints: TeamEndpoints = {
  team: {
    who: "staff",
    needs: "team.read",
    method: "GET",
    path: "/api/studies/:study/team",
    summary: "Who works on the study, in which role.",
    answer: { kind: "json", status: 200, schema: team },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found"],
  },
  inviteMember: {
    who: "staff",
    needs: "team.manage",
    method: "POST",
    path: "/api/studies/:study/team",
    summary: "Give somebody a role and send them a link that works once.",
    body: memberRequest,
    answer: { kind: "json", status: 200, schema: team },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "staff.second-factor-needed",
      "study.not-found",
      "member.exists",
    ],
  },
  changeMember: {
    who: "staff",
    needs: "team.manage",
    method: "POST",
    path: "/api/studies/:study/team/change",
    summary: "Give a member another role or site.",
    body: memberRequest,
    answer: { kind: "json", status: 200, schema: team },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "staff.second-factor-needed",
      "study.not-found",
      "member.not-found",
      "member.last-owner",
    ],
  },
  removeMember: {
    who: "staff",
    needs: "team.manage",
    method: "POST",
    path: "/api/studies/:study/team/remove",
    summary: "Take somebody out of the study; the last owner stays.",
    body: z.object({ email }),
    answer: { kind: "json", status: 200, schema: team },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "staff.second-factor-needed",
      "study.not-found",
      "member.not-found",
      "member.last-owner",
    ],
  },
};
