import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Standing } from "./shared.ts";
import { id, standing, time } from "./shared.ts";

/** The ways to leave: no messages from now on; out, with the answers kept; or out, with everything erased. */
export type LeavingWay = "stop_contact" | "stop_keep" | "erase";

/** What a participant asks for; `ask_erase` leaves at once and asks the team to erase, where no code can come. */
export interface LeaveRequest {
  readonly way: LeavingWay | "ask_erase";
}

/** What was done, for the participant to keep. */
export interface LeavingReceipt {
  /** Names this act in the study's records. */
  readonly id: string;
  readonly way: LeavingWay | "ask_erase";
  readonly at: number;
}

/** What staff write down for a person who asked them. */
export interface RemoveRequest {
  readonly way: LeavingWay;
  readonly reason: string;
}

/** The rows of the contract for leaving. */
export interface LeavingEndpoints {
  readonly leaveStudy: Endpoint<"/api/participant/leave", LeaveRequest, unknown, LeavingReceipt>;
  readonly removePerson: Endpoint<
    "/api/studies/:study/people/:person/leave",
    RemoveRequest,
    unknown,
    { readonly standing: Standing }
  >;
}

const way = z.enum(["stop_contact", "stop_keep", "erase"]);
const askedWay = z.enum([...way.options, "ask_erase"]);
const receipt: z.ZodType<LeavingReceipt> = z.object({ id, way: askedWay, at: time });

/** Endpoints of leaving a study, by oneself or through the team. */
export const leavingEndpoints: LeavingEndpoints = {
  leaveStudy: {
    who: "participant",
    method: "POST",
    path: "/api/participant/leave",
    summary: "Stop messages, leave and let the answers stay, or leave and be erased; erasing needs a code.",
    body: z.object({ way: askedWay }),
    answer: { kind: "json", status: 200, schema: receipt },
    problems: ["session.none", "person.left", "session.not-verified"],
  },
  removePerson: {
    who: "staff",
    needs: "people.remove",
    method: "POST",
    path: "/api/studies/:study/people/:person/leave",
    summary: "The same for a person who asked the team, with the reason.",
    body: z.object({ way, reason: z.string().trim().min(3).max(500) }),
    answer: { kind: "json", status: 200, schema: z.object({ standing }) },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "staff.second-factor-needed",
      "study.not-found",
      "person.not-found",
    ],
  },
};
