import { may, type PersonContact, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { contactCard as words } from "../text/contact.ts";
import { shortDate } from "../text/en.ts";
import { ReasonField } from "./ReasonField.tsx";
import { Full, NotDone } from "./States.tsx";

interface CardProps {
  readonly study: StudySummary;
  readonly person: string;
  readonly onChanged: () => void;
}

/** How a person is reached, what was changed of it, and the way to change it; for those who are shown names. */
export function ContactCard({ study, person, onChanged }: CardProps): JSX.Element | null {
  const path = { study: study.id, person };
  const fetched = useResource(`contact ${study.id} ${person}`, () => api.personContact({ path }));
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  return (
    <section class="card" aria-labelledby="contact">
      <header>
        <h2 id="contact">{words.title}</h2>
      </header>
      <Full fetched={fetched}>
        {(contact) => (
          <>
            <p role="status" class="small soft">
              {saved ? words.saved : ""}
            </p>
            <Known study={study} contact={contact} />
            {!may(study.role, "people.contact") ? null : editing ? (
              <Change
                study={study}
                person={person}
                contact={contact}
                onCancel={() => setEditing(false)}
                onSaved={(after) => {
                  fetched.replace(after);
                  setEditing(false);
                  setSaved(true);
                  onChanged();
                }}
              />
            ) : (
              <button
                type="button"
                class="btn second"
                onClick={() => {
                  setSaved(false);
                  setEditing(true);
                }}
              >
                {words.change}
              </button>
            )}
          </>
        )}
      </Full>
    </section>
  );
}

type Field = "name" | "email" | "phone" | "site";
const fields: readonly Field[] = ["name", "email", "phone", "site"];

function Known({
  study,
  contact,
}: Pick<CardProps, "study"> & { readonly contact: PersonContact }): JSX.Element {
  const { disputed, history, duplicates } = contact;
  return (
    <>
      {disputed === null ? null : (
        <p class="notice" role="note">
          {words.disputed(
            disputed.from ?? words.unknown,
            disputed.to ?? words.unknown,
            shortDate(disputed.at),
          )}
        </p>
      )}
      <dl class="facts">
        {fields.map((field) => (
          <div key={field}>
            <dt>{words.fields[field]}</dt>
            <dd>
              {contact[field] ?? words.unknown}
              {field === "email" && contact.mailReturns ? (
                <span class="tag notice">{words.returns}</span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      {duplicates.map(({ person, other, verdict }) =>
        verdict === "different" ? null : (
          <p key={`${person.id} ${other.id}`} class="small">
            {words.likely(`${other.label} (${person.number}, ${other.number})`)}{" "}
            <a href={addressOf(study.id, "recruitment")}>{words.toDuplicates}</a>
          </p>
        ),
      )}
      {history.length === 0 ? null : (
        <details>
          <summary>{words.historyTitle}</summary>
          <ul class="bare-list small">
            {history.map(({ at, by, fields: changed, reason }) => (
              <li key={at}>
                {shortDate(at)}, {words.by(by)}:{" "}
                {changed.map(({ field, from, to }) => words.changed(field, from, to)).join("; ")}
                {reason === null ? "" : ` (${reason})`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface ChangeProps extends Omit<CardProps, "onChanged"> {
  readonly contact: PersonContact;
  readonly onCancel: () => void;
  readonly onSaved: (contact: PersonContact) => void;
}

function Change({ study, person, contact, onCancel, onSaved }: ChangeProps): JSX.Element {
  const [typed, setTyped] = useState(() => typedOf(contact));
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const action = useAction(
    () =>
      api.changeContact({
        path: { study: study.id, person },
        body: { ...differing(typed, contact), reason: reason.trim() },
      }),
    onSaved,
  );
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const lacks = reason.trim().length < 3;
        setMissing(lacks);
        if (!lacks) action.run(undefined);
      }}
    >
      <p class="small soft">{words.text}</p>
      {fields.map((field) => (
        <div class="field" key={field}>
          <label for={`contact-${field}`}>{words.fields[field]}</label>
          <input
            id={`contact-${field}`}
            type={field === "email" ? "email" : field === "phone" ? "tel" : "text"}
            autocomplete="off"
            list={field === "site" ? "contact-sites" : undefined}
            value={typed[field]}
            onInput={({ currentTarget }) => setTyped({ ...typed, [field]: currentTarget.value })}
          />
        </div>
      ))}
      <datalist id="contact-sites">
        {contact.sites.map((site) => (
          <option key={site} value={site} />
        ))}
      </datalist>
      <ReasonField
        id="contact-reason"
        label={words.reason}
        hint={words.reasonHint}
        error={missing ? words.needReason : ""}
        value={reason}
        onText={setReason}
      />
      <NotDone failure={action.failure} />
      <div class="acts">
        <button type="submit" class="btn" aria-disabled={action.busy}>
          {words.save}
        </button>
        <button type="button" class="btn second" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

function typedOf(contact: PersonContact): Readonly<Record<Field, string>> {
  const { name, email, phone, site } = contact;
  return { name: name ?? "", email: email ?? "", phone: phone ?? "", site: site ?? "" };
}

/** What was changed: an emptied field takes away what was known. */
function differing(typed: Readonly<Record<Field, string>>, contact: PersonContact) {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = typed[field].trim() === "" ? null : typed[field].trim();
      return value === contact[field] ? [] : [[field, value]];
    }),
  ) as { readonly [F in Field]?: string | null };
}
