import type { JSX } from "preact";

/** The sign of Longwave: five answers of one person, joined. */
export function BrandMark(): JSX.Element {
  return (
    <svg viewBox="0 0 40 20" aria-hidden="true">
      <path
        d="M2 13 C 6 5, 9 4, 11 5 S 17 17, 20 16 S 27 4, 29.5 5 S 35 12, 38 9"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        opacity=".55"
      />
      <g fill="currentColor">
        <circle cx="2" cy="13" r="2.6" />
        <circle cx="11" cy="5" r="2.6" />
        <circle cx="20" cy="16" r="2.6" />
        <circle cx="29.5" cy="5" r="2.6" />
        <circle cx="38" cy="9" r="2.6" />
      </g>
    </svg>
  );
}
