import type { OwnRecord } from "@longwave/api";
import type { TroubleKind } from "../text/index.ts";

/** A code was refused: it did not fit, none was typed, or there were too many tries. */
export type CodeRefusal = "wrong" | "empty" | "tooMany";

/** The page of one's own answers: waiting, asking for a code, showing, or in trouble. */
export type OwnPage =
  | { readonly kind: "loading" }
  | {
      readonly kind: "code";
      /** Minutes a code that was asked for works. */
      readonly minutes?: number;
      /** The code itself, in a study that anyone may try. */
      readonly shown?: string;
      readonly refusal?: CodeRefusal;
    }
  | {
      readonly kind: "shown";
      readonly record: OwnRecord;
      readonly copyFailed?: boolean;
    }
  | { readonly kind: "trouble"; readonly trouble: TroubleKind };

/** What stands on the page, as a name: a new one is announced. */
export function ownPageKey(own: OwnPage): string {
  return own.kind === "shown" ? `own ${own.record.feedback.kind}` : `own ${own.kind}`;
}
