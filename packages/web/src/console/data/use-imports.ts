import type { ImportRun } from "@longwave/api";
import { useEffect } from "preact/hooks";
import { api } from "./api.ts";
import { type Fetched, useResource } from "./use-resource.ts";

/** Between two looks at an import under way. */
const lookEveryMs = 700;

/** The imports into a study, followed while one goes on. */
export function useImports(study: string): Fetched<readonly ImportRun[]> {
  const fetched = useResource(`imports ${study}`, () => api.imports({ path: { study } }));
  const { resource, reload } = fetched;
  const underWay = resource.kind === "here" && resource.value.some(({ state }) => state === "running");
  useEffect(() => {
    if (!underWay) return;
    const timer = setTimeout(reload, lookEveryMs);
    return () => clearTimeout(timer);
  }, [underWay, resource, reload]);
  return fetched;
}
