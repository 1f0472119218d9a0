import type { ComponentChildren, JSX } from "preact";
import type { Failure } from "../data/api.ts";
import type { Fetched } from "../data/use-resource.ts";
import { frame } from "../text/en.ts";

/** While something is fetched: its shape, still. */
export function Loading(): JSX.Element {
  return (
    <div class="card waiting" aria-busy="true">
      <p role="status" class="sr">
        {frame.loading}
      </p>
      <div class="loading short" />
      <div class="loading" />
      <div class="loading" />
    </div>
  );
}

/** Nothing is there: what is missing, and the one next step. */
export function Empty(props: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <b>{props.title}</b> {props.children}
    </div>
  );
}

/** Something could not be fetched: what happened, that nothing is lost, what to do. */
export function Trouble(props: { readonly failure: Failure; readonly onRetry: () => void }): JSX.Element {
  const { problem } = props.failure;
  return (
    <div class="trouble" role="alert">
      <p>
        <b>{problem === undefined ? frame.troubleTitle : `${problem.title}.`}</b>{" "}
        {problem === undefined ? frame.troubleText : problem.remedy}
      </p>
      <button type="button" class="btn second" onClick={props.onRetry}>
        {frame.tryAgain}
      </button>
    </div>
  );
}

/** Something was not done: beside the button that asked for it. */
export function NotDone(props: {
  readonly failure: Failure | undefined;
  readonly title?: string;
}): JSX.Element {
  const { failure } = props;
  return (
    <div role="alert">
      {failure === undefined ? null : (
        <div class="trouble">
          <p>
            <b>{props.title ?? frame.actionFailed}</b> {sentence(failure)}
          </p>
        </div>
      )}
    </div>
  );
}

function sentence({ problem }: Failure): string {
  if (problem === undefined) return frame.troubleText;
  return `${problem.title}: expected ${problem.expected}; found ${problem.found}. ${problem.remedy}`;
}

interface FullProps<T> {
  readonly fetched: Fetched<T>;
  readonly children: (value: T) => ComponentChildren;
}

/** One of the designed states of something fetched: loading, error, or what `children` draws. */
export function Full<T>({ fetched, children }: FullProps<T>): JSX.Element {
  const { resource } = fetched;
  if (resource.kind === "loading") return <Loading />;
  if (resource.kind === "failed") return <Trouble failure={resource.failure} onRetry={fetched.reload} />;
  return <>{children(resource.value)}</>;
}
