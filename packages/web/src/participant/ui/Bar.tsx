import type { JSX } from "preact";

/** A line that is `share` full (0 to 1). Drawn as SVG: the content policy forbids inline styles. */
export function Track(props: { readonly share: number; readonly thin?: boolean }): JSX.Element {
  const percent = Math.max(0, Math.min(1, props.share)) * 100;
  return (
    <svg
      class={props.thin === true ? "track-line" : "track-bar"}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="rest" width="100" height="10" />
      <rect class="full" width={percent} height="10" />
    </svg>
  );
}
