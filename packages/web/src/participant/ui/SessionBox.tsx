import type { JSX } from "preact";
import { useNow } from "../data/use-now.ts";
import type { Actions } from "../data/use-participant.ts";
import type { World } from "../data/world.ts";
import { momentInWords } from "../dates.ts";
import type { Model } from "../state/model.ts";
import type { SessionNote } from "../state/session.ts";
import { newSession, nextPart, sessionNotes } from "../state/session.ts";
import type { Words } from "../text/index.ts";

interface SessionBoxProps {
  readonly words: Words;
  readonly model: Model;
  readonly world: World;
  readonly actions: Actions;
}

const MINUTE_MS = 60_000;

/** What can be logged now: the part a session waits for first, then a new session; nothing without the box for it. */
export function SessionBox({ words, model, world, actions }: SessionBoxProps): JSX.Element | null {
  const now = useNow(world.now);
  const log = model.state?.sessions;
  if (log === undefined) return null;
  const notes = sessionNotes(log, model.logged, now);
  const begin = (): void => {
    const page = newSession(log, world.newId());
    if (page !== undefined) actions.tell({ kind: "session", page });
  };
  return (
    <section class="session-box" aria-labelledby="sessions">
      <h2 id="sessions">{words.session.title}</h2>
      <ul class="session-notes">
        {notes.map((note) => (
          <Note
            key={note.logged.id}
            note={note}
            words={words}
            moment={(at) => momentInWords(at, now, { language: model.language, timeZone: world.timeZone })}
            onOpen={() => {
              const page = nextPart(note);
              if (page !== undefined) actions.tell({ kind: "session", page });
            }}
          />
        ))}
      </ul>
      {notes.length === 0 ? <p class="soft">{words.session.text}</p> : null}
      <div class="go">
        <button type="button" class="btn second" onClick={begin}>
          {words.session.log}
        </button>
      </div>
    </section>
  );
}

interface NoteProps {
  readonly note: SessionNote;
  readonly words: Words;
  readonly moment: (at: number) => string;
  readonly onOpen: () => void;
}

function Note({ note, words, moment, onOpen }: NoteProps): JSX.Element {
  const { logged, open, coming } = note;
  const at = (minutes: number): string => moment(logged.beganAt + minutes * MINUTE_MS);
  const began = moment(logged.beganAt);
  if (open === undefined) {
    const [from, until] = [at(coming?.fromMinutes ?? 0), at(coming?.untilMinutes ?? 0)];
    return <li class="soft">{words.session.coming(began, from, until)}</li>;
  }
  return (
    <li>
      <button type="button" class="btn" onClick={onOpen}>
        {partName(note, words, began)}
      </button>
      <p class="soft small">{words.session.until(at(open.untilMinutes))}</p>
    </li>
  );
}

/** Which part waits, in words: the first and last of a session have their own, the others come after it. */
function partName({ form, open }: SessionNote, words: Words, began: string): string {
  const place = form.parts.findIndex(({ id }) => id === open?.id);
  if (form.trigger === "rest") return place === 0 ? words.session.rest : words.session.restLater;
  return place > 1 ? words.session.nextDay(began) : words.session.after(began);
}
