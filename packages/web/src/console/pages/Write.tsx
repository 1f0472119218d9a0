import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useResource } from "../data/use-resource.ts";
import { Full } from "../ui/States.tsx";

interface WriteProps {
  readonly study: StudySummary;
  readonly onStudy: (study: StudySummary) => void;
}

/** The page where a study is written; its editor is fetched only here, as it is heavier than all other pages together. */
export function Write(props: WriteProps): JSX.Element {
  const fetched = useResource("writer", () => import("../writing/Writer.tsx"));
  return <Full fetched={fetched}>{({ Writer }) => <Writer {...props} />}</Full>;
}
