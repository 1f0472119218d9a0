import { protocolText } from "./world.ts";

/** The flagship with its second wave a week longer, one question fewer, and a consent that says what is new. */
export const amendedText: string = protocolText
  .replace(/^version: 1\.0\.0/m, "version: 1.1.0")
  .replace("closesDays: 21", "closesDays: 28")
  .replace("week: [flare]", "week: []")
  .replace(
    /^consent:\n {2}version: 1\n/m,
    `consent:
  version: 2
  changes:
    - { en: "The second round is open a week longer.", nb: "Andre runde er åpen en uke lenger." }
  whenDeclined: stay
`,
  );
