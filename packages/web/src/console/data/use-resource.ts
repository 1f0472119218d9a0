import { useCallback, useContext, useEffect, useState } from "preact/hooks";
import type { Failure } from "./api.ts";
import { failureOf, isSignedOut } from "./api.ts";
import { SessionContext } from "./session.ts";

/** Something fetched: on its way, failed, or here (and perhaps being fetched again). */
type Resource<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "here"; readonly value: T };

/** A resource, and the ways to fetch it again or to put a newer value in its place. */
export interface Fetched<T> {
  readonly resource: Resource<T>;
  readonly reload: () => void;
  readonly replace: (value: T) => void;
}

/** Fetches when the page opens and whenever `key` changes; an answer to an older key is dropped. */
export function useResource<T>(key: string, load: () => Promise<T>): Fetched<T> {
  const session = useContext(SessionContext);
  const [held, setHeld] = useState<{ readonly key: string; readonly resource: Resource<T> }>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    const keep = (resource: Resource<T>): void => {
      if (current) setHeld({ key, resource });
    };
    load().then(
      (value) => keep({ kind: "here", value }),
      (thrown) => {
        const failure = failureOf(thrown);
        if (isSignedOut(failure)) session?.ended();
        keep({ kind: "failed", failure });
      },
    );
    return () => {
      current = false;
    };
  }, [key, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const replace = useCallback((value: T) => setHeld({ key, resource: { kind: "here", value } }), [key]);
  return { resource: held?.key === key ? held.resource : { kind: "loading" }, reload, replace };
}

/** Fetches again when the page turns and when the tab is looked at again: a colleague may have locked or published. */
export function useFresh<T>({ resource, reload }: Fetched<T>, page: string): void {
  useEffect(() => {
    if (resource.kind !== "loading") reload();
  }, [page]);
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "visible") reload();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [reload]);
}

/** An action with its state: at rest, under way, or failed. */
export interface Action<Input> {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  readonly run: (input: Input) => void;
}

/** Does something once at a time, and hands its result on. */
export function useAction<Input, T>(
  act: (input: Input) => Promise<T>,
  onDone: (value: T) => void,
): Action<Input> {
  const session = useContext(SessionContext);
  const [state, setState] = useState<{ readonly busy: boolean; readonly failure: Failure | undefined }>({
    busy: false,
    failure: undefined,
  });
  const run = (input: Input): void => {
    if (state.busy) return;
    setState({ busy: true, failure: undefined });
    act(input).then(
      (value) => {
        setState({ busy: false, failure: undefined });
        onDone(value);
      },
      (thrown) => {
        const failure = failureOf(thrown);
        setState({ busy: false, failure });
        if (isSignedOut(failure)) session?.ended();
      },
    );
  };
  return { ...state, run };
}
