import type { Choices } from "./choices.ts";

/** What a warning of the model means for the reader of this page; the model's own words where there are none. */
export function plainNote(
  { code, message }: { readonly code: string; readonly message: string },
  { outcome }: Choices,
): string {
  switch (code) {
    case "lmm.singular":
      return `Beyond the columns chosen, people did not differ in their usual ${outcome} by more than chance: that variance is reported as 0. The comparison within people stands; read the one between people with care.`;
    case "lmm.few-groups":
      return "There are fewer than ten people. How people differ from each other is known only roughly: read the comparison between people with care.";
    default:
      return message;
  }
}
