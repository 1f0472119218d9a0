import type { DeviationRequest, PlanRecord } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Action } from "../data/use-resource.ts";
import { planPage } from "../text/plan.ts";
import { Dialog } from "./Dialog.tsx";
import { NotDone } from "./States.tsx";

interface FormProps {
  readonly clauses: PlanRecord["clauses"];
  readonly action: Action<DeviationRequest>;
}

const nothing: DeviationRequest = { clause: "", what: "", why: "" };

/** Which part of the plan, what and why; asked once more, since it cannot be taken back. */
export function DeviationForm({ clauses, action }: FormProps): JSX.Element {
  const [typed, setTyped] = useState(nothing);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const missing = (name: keyof DeviationRequest): boolean => tried && typed[name].trim() === "";
  const ask = (): void => {
    setTried(true);
    if (Object.values(typed).every((text: string) => text.trim() !== "")) setAsking(true);
  };
  const field = (name: keyof DeviationRequest) => ({
    name,
    value: typed[name],
    wrong: missing(name),
    onText: (text: string) => setTyped({ ...typed, [name]: text }),
  });
  return (
    <section class="card measure-card" aria-labelledby="list-one">
      <h2 id="list-one">{planPage.formTitle}</h2>
      <Field {...field("clause")} label={planPage.clause} hint={planPage.clauseHint} clauses={clauses} />
      <Field {...field("what")} label={planPage.what} rows={3} />
      <Field {...field("why")} label={planPage.why} rows={3} />
      <p class="small soft">{planPage.timingNote}</p>
      <div>
        <button type="button" class="btn" onClick={ask} aria-disabled={action.busy}>
          {action.busy ? planPage.busy : planPage.button}
        </button>
      </div>
      <NotDone failure={action.failure} />
      {asking ? (
        <Dialog
          title={planPage.dialogTitle}
          confirm={planPage.dialogList}
          dismiss={planPage.dialogNot}
          onConfirm={() => {
            setAsking(false);
            action.run(typed);
          }}
          onDismiss={() => setAsking(false)}
        >
          <p>{planPage.dialogText}</p>
        </Dialog>
      ) : null}
    </section>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly rows?: number;
  /** Parts of the plan to choose from; other words may be typed. */
  readonly clauses?: PlanRecord["clauses"];
  readonly onText: (text: string) => void;
}

function Field({ name, label, hint, value, wrong, rows, clauses, onText }: FieldProps): JSX.Element {
  const id = `departure-${name}`;
  const common = { id, value, "aria-invalid": wrong, "aria-describedby": `${id}-error` };
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for={id}>
        {label} {hint === undefined ? null : <span class="hint">{hint}</span>}
      </label>
      {rows === undefined ? (
        <input {...common} list={`${id}-known`} onInput={(event) => onText(event.currentTarget.value)} />
      ) : (
        <textarea {...common} rows={rows} onInput={(event) => onText(event.currentTarget.value)} />
      )}
      {clauses === undefined ? null : (
        <datalist id={`${id}-known`}>
          {clauses.map((clause) => (
            <option key={clause.id} value={clause.id}>
              {clause.label}
            </option>
          ))}
        </datalist>
      )}
      <p role="alert" class="error" id={`${id}-error`}>
        {wrong ? planPage.needed : ""}
      </p>
    </div>
  );
}
