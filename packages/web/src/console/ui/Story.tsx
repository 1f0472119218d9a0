import type { PersonEvent } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { shortMoment } from "../text/en.ts";
import { personPage as words } from "../text/person.ts";

const SHOWN = 20;

/** All that happened to a person, the latest first. */
export function Story({ events }: { readonly events: readonly PersonEvent[] }): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = all ? events : events.slice(0, SHOWN);
  return (
    <section class="card" aria-labelledby="story">
      <header>
        <h2 id="story">{words.storyTitle}</h2>
        <p class="small soft">{words.storyText}</p>
      </header>
      <ol class="bare-list timeline">
        {shown.map((event, index) => (
          <li key={`${event.at} ${event.kind} ${event.what} ${index}`}>
            <span class="num soft">{shortMoment(event.at)}</span> <span>{words.event(event)}</span>
          </li>
        ))}
      </ol>
      {events.length > shown.length ? (
        <p>
          <button type="button" class="btn second" onClick={() => setAll(true)}>
            {words.showAll(events.length)}
          </button>
        </p>
      ) : null}
    </section>
  );
}
