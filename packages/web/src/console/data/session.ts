import type { Staff } from "@longwave/api";
import { createContext } from "preact";

/** Who is signed in, and what to do when the session turns out to have ended. */
export interface Session {
  readonly staff: Staff;
  readonly ended: () => void;
}

export const SessionContext: preact.Context<Session | undefined> = createContext<Session | undefined>(
  undefined,
);
