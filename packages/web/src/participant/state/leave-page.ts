import type { LeavingReceipt, LeavingWay } from "@longwave/api";
import type { TroubleKind } from "../text/index.ts";
import type { OwnPage } from "./own-page.ts";

/** The pages of stopping and leaving, in the order in which they come. */
export type LeavePage =
  | { readonly kind: "choose"; readonly way?: LeavingWay; readonly missing?: boolean }
  | { readonly kind: "confirm"; readonly way: LeavingWay; readonly trouble?: TroubleKind }
  | { readonly kind: "code"; readonly asked: Extract<OwnPage, { readonly kind: "code" }> }
  | { readonly kind: "done"; readonly receipt: LeavingReceipt };

/** Whether someone is out of the study: there is nothing to go back to. */
export function isOutNow(page: LeavePage): boolean {
  return page.kind === "done" && page.receipt.way !== "stop_contact";
}
