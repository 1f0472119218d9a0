import type { Releases } from "@longwave/api";
import { useEffect } from "preact/hooks";
import { api } from "./api.ts";
import type { Fetched } from "./use-resource.ts";
import { useResource } from "./use-resource.ts";

/** Between two looks at a preview that is being made. */
const lookEveryMs = 900;

/** The releases of a study; a preview is followed until it is made. */
export function useReleases(study: string): Fetched<Releases> {
  const fetched = useResource(`releases ${study}`, () => api.releases({ path: { study } }));
  const { resource, reload } = fetched;
  const underWay = resource.kind === "here" && resource.value.draft?.state === "making";
  useEffect(() => {
    if (!underWay) return;
    const timer = setTimeout(reload, lookEveryMs);
    return () => clearTimeout(timer);
  }, [underWay, resource, reload]);
  return fetched;
}
