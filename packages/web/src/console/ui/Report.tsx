import type { JSX } from "preact";
import { analysis } from "../text/en.ts";
import { LinkCard } from "./LinkCard.tsx";

/** The way to the report of a run. */
export function Report(props: {
  readonly address: string;
  readonly title: string;
  readonly isNext?: boolean;
}): JSX.Element {
  return <LinkCard id="report" {...props} text={analysis.reportText} action={analysis.openReport} />;
}
