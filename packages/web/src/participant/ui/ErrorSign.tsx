import type { JSX } from "preact";

/** The sign that stands before an error, so that colour is never alone. */
export function ErrorSign(): JSX.Element {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="9" fill="currentColor" />
      <path d="M10 5v6" stroke="var(--surface)" stroke-width="2.4" stroke-linecap="round" />
      <circle cx="10" cy="14.4" r="1.5" fill="var(--surface)" />
    </svg>
  );
}
