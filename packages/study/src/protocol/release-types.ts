/** One way to say less about a person: numbers in bands, or codes merged into groups. */
export type GeneralisationStep =
  /** Where bands begin: `[40, 65]` is under 40, 40 to under 65, 65 or more. */
  | { readonly breaks: readonly number[] }
  /** Codes that are told as one; a code in no group is hidden. */
  | { readonly groups: readonly (readonly (number | string)[])[] };

/** A variable that others may know of a person, and coarser and coarser ways to tell it. */
export interface QuasiIdentifier {
  readonly name: string;
  /** A number starts at its first step; codes start as they are. Leaving the variable out is always the last step. */
  readonly steps?: readonly GeneralisationStep[];
}

/** How the answers of people who agreed are made ready for other researchers. */
export interface ReleasePlan {
  /** The tick of the consent form without which nobody is in a release. */
  readonly tick?: string;
  /** The fewest people that must look alike. */
  readonly k?: number;
  /** Counts under this are hidden in tables. */
  readonly minCell?: number;
  /** The terms under which a recipient may use the data. */
  readonly terms?: string;
  /** Absent: everything that is asked once. */
  readonly quasiIdentifiers?: readonly QuasiIdentifier[];
  readonly leaveOut?: readonly string[];
  /** Variables whose spread within people who look alike is reported; absent: the plan's outcome. */
  readonly sensitive?: readonly string[];
}
