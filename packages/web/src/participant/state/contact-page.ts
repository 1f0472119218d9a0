import type { OwnContact } from "@longwave/api";
import type { TroubleKind } from "../text/index.ts";
import type { OwnPage } from "./own-page.ts";

/** What could not be done with what was typed. */
export type ContactMistake = "wrongEmail" | "wrongPhone" | "tooMany" | "wrongCode" | "taken";

/** The page of how people are reached: a code first, then what is known and can be changed. */
export type ContactPage =
  | { readonly kind: "loading" }
  | { readonly kind: "code"; readonly asked: Extract<OwnPage, { readonly kind: "code" }> }
  | {
      readonly kind: "form";
      readonly contact: OwnContact;
      /** What has just been done. */
      readonly done?: "saved" | "moved";
      readonly mistake?: ContactMistake;
      readonly trouble?: TroubleKind;
    }
  | { readonly kind: "trouble"; readonly trouble: TroubleKind };

/** What stands in the fields. */
export interface TypedContact {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

/** What is wrong with what was typed, before it is sent; the server looks again. */
export function mistakeIn({ email, phone }: TypedContact): ContactMistake | undefined {
  if (email.trim() !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) return "wrongEmail";
  if (phone.trim() !== "" && phone.replace(/\D/g, "").length < 5) return "wrongPhone";
  return undefined;
}
