import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A signed-in member of staff. */
export interface Staff {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** The token of a one-time sign-in link, taken from the fragment of `/console/#sign-in=TOKEN`. */
export interface SignInRequest {
  readonly token: string;
}

/** The address to which a sign-in link is to go. */
export interface SignInLinkRequest {
  readonly email: string;
}

const staff: z.ZodType<Staff> = z.object({ id: z.string(), email: z.string(), name: z.string() });

/** The rows of the contract for signing in and out. */
export interface StaffEndpoints {
  readonly signIn: Endpoint<"/api/staff/sign-in", SignInRequest, unknown, Staff>;
  readonly requestSignIn: Endpoint<"/api/staff/sign-in-link", SignInLinkRequest, unknown, void>;
  readonly signOut: Endpoint<"/api/staff/sign-out", unknown, unknown, void>;
  readonly me: Endpoint<"/api/staff/me", unknown, unknown, Staff>;
}

/** Endpoints of staff sign-in. */
export const staffEndpoints: StaffEndpoints = {
  signIn: {
    who: "anyone",
    method: "POST",
    path: "/api/staff/sign-in",
    summary: "Exchange a one-time sign-in link for a session cookie; a link works once.",
    body: z.object({ token: z.string().min(1).max(200) }),
    answer: { kind: "json", status: 200, schema: staff },
    problems: ["staff.sign-in-invalid", "request.too-many"],
  },
  requestSignIn: {
    who: "anyone",
    method: "POST",
    path: "/api/staff/sign-in-link",
    summary: "Ask for a sign-in link by e-mail; the answer is the same whether an address is known or not.",
    body: z.object({ email: z.string().trim().min(3).max(200) }),
    answer: { kind: "none", status: 204 },
    problems: ["request.too-many"],
  },
  signOut: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/sign-out",
    summary: "End the session on this device.",
    answer: { kind: "none", status: 204 },
    problems: ["staff.not-signed-in"],
  },
  me: {
    who: "staff",
    needs: "signed_in",
    method: "GET",
    path: "/api/staff/me",
    summary: "Who is signed in.",
    answer: { kind: "json", status: 200, schema: staff },
    problems: ["staff.not-signed-in"],
  },
};
