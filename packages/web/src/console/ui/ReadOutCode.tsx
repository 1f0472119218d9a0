import type { ReadOutCode as Code, PersonRow, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { frame, peoplePage } from "../text/en.ts";
import { Dialog } from "./Dialog.tsx";
import { NotDone } from "./States.tsx";

interface ReadOutProps {
  readonly study: StudySummary;
  readonly children: (onCode: (person: PersonRow) => void) => JSX.Element;
}

/** Asks before a code is made, and shows it to be read out until it is put away. */
export function ReadOutCode({ study, children }: ReadOutProps): JSX.Element {
  const [asked, setAsked] = useState<PersonRow | undefined>(undefined);
  const [made, setMade] = useState<(Code & { readonly label: string }) | undefined>(undefined);
  const action = useAction(async (person: PersonRow) => {
    const path = { study: study.id, person: person.id };
    const code = await api.readOutCode({ path, body: { purpose: "past_answers" } });
    return { ...code, label: person.label };
  }, setMade);
  return (
    <>
      <NotDone failure={action.failure} />
      <div role="status">
        {made === undefined ? null : (
          <div class="card new-link">
            <p>
              {peoplePage.codeMade(made.label, made.minutes)} <b class="num">{made.code}</b>
            </p>
            <button type="button" class="btn quiet" onClick={() => setMade(undefined)}>
              {frame.close}
            </button>
          </div>
        )}
      </div>
      {children(setAsked)}
      {asked === undefined ? null : (
        <Dialog
          title={peoplePage.codeTitle(asked.label)}
          confirm={peoplePage.codeMake}
          dismiss={peoplePage.codeNot}
          onConfirm={() => {
            setAsked(undefined);
            action.run(asked);
          }}
          onDismiss={() => setAsked(undefined)}
        >
          <p>{peoplePage.codeText}</p>
        </Dialog>
      )}
    </>
  );
}
