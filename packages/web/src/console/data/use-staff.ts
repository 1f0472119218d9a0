import type { Staff } from "@longwave/api";
import { useEffect, useState } from "preact/hooks";
import type { Failure } from "./api.ts";
import { api, failureOf, isSignedOut } from "./api.ts";

/** Who is at the screen. */
export type Visitor =
  | { readonly kind: "loading" }
  | { readonly kind: "nobody" }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "staff"; readonly staff: Staff };

/** Who is signed in, with the ways in and out. */
export function useStaff(): {
  readonly visitor: Visitor;
  readonly arrive: (staff: Staff) => void;
  readonly leave: () => void;
  readonly signOut: () => void;
  readonly retry: () => void;
} {
  const [visitor, setVisitor] = useState<Visitor>({ kind: "loading" });
  const ask = (): void => {
    api.me().then(
      (staff) => setVisitor({ kind: "staff", staff }),
      (thrown) => {
        const failure = failureOf(thrown);
        setVisitor(isSignedOut(failure) ? { kind: "nobody" } : { kind: "failed", failure });
      },
    );
  };
  useEffect(ask, []);
  const leave = (): void => setVisitor({ kind: "nobody" });
  return {
    visitor,
    arrive: (staff) => setVisitor({ kind: "staff", staff }),
    leave,
    signOut: () => void api.signOut().then(leave, leave),
    retry: ask,
  };
}
