import type { JSX } from "preact";

interface LinkCardProps {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly address: string;
  /** It is the next thing to do, so its button is filled. */
  readonly isNext?: boolean;
}

/** The way to a page the server makes: a tab of its own, because no page of ours may stand in a frame. */
export function LinkCard({ id, title, text, action, address, isNext }: LinkCardProps): JSX.Element {
  return (
    <section class="card measure-card report" aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        <p class="soft">{text}</p>
      </div>
      <a class={isNext === true ? "btn" : "btn second"} href={address} target="_blank" rel="noreferrer">
        {action}
      </a>
    </section>
  );
}
