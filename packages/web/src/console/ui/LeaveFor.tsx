import type { LeavingWay, PersonRow, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { leaveFor } from "../text/leave.ts";
import { Dialog } from "./Dialog.tsx";
import { NotDone } from "./States.tsx";

interface LeaveForProps {
  readonly study: StudySummary;
  readonly onDone: () => void;
  readonly children: (onLeave: (person: PersonRow) => void) => JSX.Element;
}

interface Asked {
  readonly person: PersonRow;
  readonly way: LeavingWay;
  readonly reason: string;
}

const ways: readonly LeavingWay[] = ["stop_contact", "stop_keep", "erase"];

/** Writes down that a person who asked the team leaves, with the way and the reason. */
export function LeaveFor({ study, onDone, children }: LeaveForProps): JSX.Element {
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const [missing, setMissing] = useState(false);
  const [done, setDone] = useState<string | undefined>(undefined);
  const action = useAction(
    async ({ person, way, reason }: Asked) => {
      await api.removePerson({ path: { study: study.id, person: person.id }, body: { way, reason } });
      return leaveFor.done[way];
    },
    (said) => {
      setDone(said);
      onDone();
    },
  );
  const confirm = (): void => {
    if (asked === undefined) return;
    if (asked.reason.trim().length < 3) {
      setMissing(true);
      return;
    }
    setAsked(undefined);
    action.run(asked);
  };
  return (
    <>
      <NotDone failure={action.failure} />
      <p role="status" class="small soft">
        {done ?? ""}
      </p>
      {children((person) => {
        setMissing(false);
        setAsked({ person, way: person.standing === "withdrawn" ? "erase" : "stop_contact", reason: "" });
      })}
      {asked === undefined ? null : (
        <Dialog
          title={leaveFor.title(asked.person.label)}
          confirm={leaveFor.confirm[asked.way]}
          dismiss={leaveFor.dismiss}
          onConfirm={confirm}
          onDismiss={() => setAsked(undefined)}
        >
          <Ways asked={asked} onChange={setAsked} />
          <div class={missing ? "field wrong" : "field"}>
            <label for="leave-reason">{leaveFor.reason}</label>
            <input
              id="leave-reason"
              type="text"
              maxLength={500}
              value={asked.reason}
              aria-invalid={missing}
              aria-describedby="leave-hint"
              onInput={(event) => setAsked({ ...asked, reason: event.currentTarget.value })}
            />
            <p class={missing ? "error" : "hint"} id="leave-hint" role={missing ? "alert" : undefined}>
              {missing ? leaveFor.needReason : leaveFor.reasonHint}
            </p>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Ways(props: { readonly asked: Asked; readonly onChange: (asked: Asked) => void }): JSX.Element {
  const { asked, onChange } = props;
  const open = asked.person.standing === "withdrawn" ? (["erase"] as const) : ways;
  return (
    <fieldset class="stack">
      <legend class="sr">{leaveFor.ways}</legend>
      {open.map((way) => (
        <label class="option" key={way}>
          <input
            type="radio"
            name="leave-way"
            value={way}
            checked={asked.way === way}
            onChange={() => onChange({ ...asked, way })}
          />
          <span>
            <b>{leaveFor.names[way]}</b> {leaveFor.does[way]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
