import type { ConsentGiven, PaperConsentSheet, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { addressOfPerson } from "../router.ts";
import { shortDate } from "../text/en.ts";
import { paperConsentPage as words } from "../text/paper-consent.ts";
import { ConsentSheet } from "../ui/ConsentSheet.tsx";
import { Full, NotDone } from "../ui/States.tsx";

interface PaperConsentProps {
  readonly study: StudySummary;
  readonly person: string;
}

/** A consent on paper: the words to print and sign, what was signed written down, and a receipt to keep. */
export function PaperConsent({ study, person }: PaperConsentProps): JSX.Element {
  const place = { study: study.id, person };
  const fetched = useResource(`consent ${study.id} ${person}`, () => api.consentPaper({ path: place }));
  return (
    <Full fetched={fetched}>
      {(sheet) => (
        <div class="stack wide-gap">
          <div class="no-print measure">
            <h2>{sheet.label}</h2>
            <p>
              <a href={addressOfPerson(study.id, person)}>{words.toPerson}</a>
            </p>
            <p>{words.lede}</p>
          </div>
          <Signed place={place} sheet={sheet} onSheet={fetched.replace} />
        </div>
      )}
    </Full>
  );
}

interface SignedProps {
  readonly place: { readonly study: string; readonly person: string };
  readonly sheet: PaperConsentSheet;
  readonly onSheet: (sheet: PaperConsentSheet) => void;
}

function Signed({ place, sheet, onSheet }: SignedProps): JSX.Element {
  const [chosen, setChosen] = useState(0);
  const [receipt, setReceipt] = useState<ConsentGiven | undefined>(undefined);
  const paper = sheet.papers[chosen] ?? sheet.papers[0];
  const newest = sheet.papers[0]?.form.version;
  return (
    <>
      {paper === undefined ? null : (
        <div class="no-print stack">
          <div class="field">
            <label for="paper">{words.which}</label>
            <select
              id="paper"
              value={String(chosen)}
              onChange={({ currentTarget: { value } }) => {
                setChosen(Number(value));
                setReceipt(undefined);
              }}
            >
              {sheet.papers.map(({ form: { version, language } }, index) => (
                <option key={`${version} ${language}`} value={String(index)}>
                  {words.paper(version, language, version === newest)}
                </option>
              ))}
            </select>
          </div>
          {paper.form.version === newest ? null : <p class="small soft">{words.older}</p>}
          <WriteDown
            key={paper.form.hash}
            {...{ place, sheet, paper }}
            onSheet={(next) => {
              onSheet(next);
              setReceipt(next.given[0]);
            }}
          />
        </div>
      )}
      <Given sheet={sheet} onReceipt={setReceipt} isNew={receipt !== undefined} />
      <div class="no-print">
        <button type="button" class="btn second" onClick={() => window.print()}>
          {receipt === undefined ? words.print : words.receipt}
        </button>
      </div>
      <div class="letters">
        {receipt?.form ? (
          <ConsentSheet label={sheet.label} form={receipt.form} given={receipt} />
        ) : paper ? (
          <ConsentSheet label={sheet.label} form={paper.form} />
        ) : null}
      </div>
    </>
  );
}

interface WriteDownProps extends SignedProps {
  readonly paper: PaperConsentSheet["papers"][number];
}

function WriteDown({ place, sheet, paper: { form, since }, onSheet }: WriteDownProps): JSX.Element {
  const [ticks, setTicks] = useState<Readonly<Record<string, boolean>>>({});
  const [signedOn, setSignedOn] = useState("");
  const [seenBy, setSeenBy] = useState("");
  const [tried, setTried] = useState(false);
  const { version, language, hash } = form;
  const action = useAction(
    () =>
      api.recordPaperConsent({
        path: place,
        body: { version, language, hash, ticks, signedOn, seenBy: seenBy.trim() },
      }),
    (next) => {
      setTicks({});
      setSignedOn("");
      setSeenBy("");
      setTried(false);
      onSheet(next);
    },
  );
  const [noDay, noName] = [tried && signedOn === "", tried && seenBy.trim() === ""];
  const save = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (signedOn !== "" && seenBy.trim() !== "") action.run(undefined);
  };
  return (
    <form class="card measure-card stack" aria-labelledby="write-down" onSubmit={save} noValidate>
      <h3 id="write-down">{words.writeDown}</h3>
      <fieldset class="stack">
        <legend>{words.ticks}</legend>
        {form.ticks.map(({ id, label, required }) => (
          <label key={id} class="choice-inline" lang={language}>
            <input
              type="checkbox"
              checked={ticks[id] === true}
              onChange={(event) => setTicks({ ...ticks, [id]: event.currentTarget.checked })}
            />{" "}
            {label} {required ? <span class="hint">({words.needed})</span> : null}
          </label>
        ))}
      </fieldset>
      <div class={noDay ? "field wrong" : "field"}>
        <label for="signed-on">{words.day}</label>
        <input
          id="signed-on"
          type="date"
          min={since}
          max={sheet.today}
          value={signedOn}
          aria-invalid={noDay}
          onInput={(event) => setSignedOn(event.currentTarget.value)}
        />
        <p class="error">{noDay ? words.dayNeeded : ""}</p>
      </div>
      <div class={noName ? "field wrong" : "field"}>
        <label for="seen-by">{words.seenBy}</label>
        <input
          id="seen-by"
          type="text"
          maxLength={120}
          value={seenBy}
          aria-invalid={noName}
          onInput={(event) => setSeenBy(event.currentTarget.value)}
        />
        <p class="error">{noName ? words.seenByNeeded : ""}</p>
      </div>
      <NotDone failure={action.failure} />
      <div>
        <button type="submit" class="btn" aria-disabled={action.busy}>
          {action.busy ? words.saving : words.save}
        </button>
      </div>
    </form>
  );
}

interface GivenProps {
  readonly sheet: PaperConsentSheet;
  readonly isNew: boolean;
  readonly onReceipt: (given: ConsentGiven) => void;
}

function Given({ sheet, isNew, onReceipt }: GivenProps): JSX.Element {
  return (
    <section class="no-print card measure-card stack" aria-labelledby="given">
      <h3 id="given">{words.given}</h3>
      <p aria-live="polite">{isNew ? words.shown : sheet.given.length === 0 ? words.none : ""}</p>
      <ul class="rows">
        {sheet.given.map((each) => (
          <li key={each.at}>
            <p>
              <b>{words.version(each.version)}</b>{" "}
              {each.signedOn === null
                ? words.onPage(shortDate(each.at))
                : words.onPaper(each.signedOn, each.seenBy ?? "")}
            </p>
            {each.form === null ? null : (
              <button type="button" class="btn quiet" onClick={() => onReceipt(each)}>
                {words.show}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
