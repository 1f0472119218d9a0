import type { EnterAnswersAnswer, EntrySheet } from "@longwave/api";
import type { JSX } from "preact";
import type { Draft } from "../data/use-draft.ts";
import { entryPage as words } from "../text/entry.ts";
import { StandingAnswer } from "./StandingAnswer.tsx";
import { TypedField } from "./TypedField.tsx";

interface EntryRowsProps {
  readonly place: { readonly study: string; readonly person: string; readonly wave: string };
  readonly sheet: EntrySheet;
  readonly draft: Draft;
  readonly refused: EnterAnswersAnswer["refused"];
  /** The id under which the answer to each question was sent. */
  readonly sent: ReadonlyMap<string, string>;
  readonly onSheet: (sheet: EntrySheet) => void;
}

/** The questions of a form one below the other: an answer that stands, or a line to type one. */
export function EntryRows({ place, sheet, draft, refused, sent, onSheet }: EntryRowsProps): JSX.Element {
  const typing = sheet.closed === null && draft.rows.some(({ stands }) => !stands);
  return (
    <section class="card" aria-label={words.title}>
      {typing ? <p class="small soft">{words.keys}</p> : null}
      <ol class="entry">
        {draft.rows.map(({ item, stands, text, typed }) => (
          <li key={item.id}>
            {stands || sheet.closed !== null ? (
              <StandingAnswer
                place={place}
                item={item}
                rows={sheet.answers.filter((row) => row.item === item.id)}
                canCorrect={sheet.closed === null && !sheet.hidden}
                onSheet={onSheet}
              />
            ) : (
              <TypedField
                id={`item-${item.id}`}
                label={item.text}
                item={item}
                text={text}
                typed={typed}
                refused={refused.find(({ id }) => id === sent.get(item.id))?.problem.remedy}
                onType={(next) => draft.type(item.id, next)}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
