import type { Run } from "@longwave/api";
import { useEffect } from "preact/hooks";
import { api } from "./api.ts";
import type { Fetched } from "./use-resource.ts";
import { useResource } from "./use-resource.ts";

/** Between two looks at a run under way. */
const lookEveryMs = 700;

/** A run, followed until it is done. */
export function useRun(study: string, run: string | undefined): Fetched<Run | undefined> {
  const fetched = useResource<Run | undefined>(`run ${study} ${run ?? ""}`, async () =>
    run === undefined ? undefined : api.run({ path: { study, run } }),
  );
  const { resource, reload } = fetched;
  const state = resource.kind === "here" ? resource.value?.state : undefined;
  const underWay = state === "queued" || state === "running";
  useEffect(() => {
    if (!underWay) return;
    const timer = setTimeout(reload, lookEveryMs);
    return () => clearTimeout(timer);
  }, [underWay, resource, reload]);
  return fetched;
}
