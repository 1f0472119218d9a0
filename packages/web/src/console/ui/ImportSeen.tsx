import type { ImportCounts, ImportLook, ImportProblem, ImportRow } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { count } from "../text/en.ts";
import { importPage as words } from "../text/import.ts";

interface SeenProps {
  readonly seen: ImportLook;
  readonly busy: boolean;
  readonly onImport: (again: boolean) => void;
}

/** What stands in the way of a file, or what would be written, with the button that writes it. */
export function ImportSeen({ seen, busy, onImport }: SeenProps): JSX.Element | null {
  if (seen.problems.length > 0) return <Problems problems={seen.problems} />;
  if (seen.counts === undefined) return null;
  return <Would seen={seen} counts={seen.counts} busy={busy} onImport={onImport} />;
}

function Problems({ problems }: { readonly problems: readonly ImportProblem[] }): JSX.Element {
  return (
    <section class="card" aria-labelledby="in-the-way" role="alert">
      <h2 id="in-the-way">{words.problemsTitle(problems.length)}</h2>
      <p class="soft">{words.problemsText}</p>
      <ul class="import-problems">
        {problems.map((each, index) => (
          <li key={`${each.code} ${each.where} ${index}`}>
            {each.where === "" ? null : <b>{each.where}: </b>}
            {words.problem(each.expected, each.found)} {words.rows(each.rows)} {each.remedy}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Would({ seen, counts, busy, onImport }: SeenProps & { readonly counts: ImportCounts }): JSX.Element {
  const [again, setAgain] = useState(false);
  const [tried, setTried] = useState(false);
  const asks = words.again(seen.before, counts.different);
  const lacking = asks !== "" && !again;
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (!lacking) onImport(again);
  };
  return (
    <form class="card stack" aria-labelledby="would" onSubmit={submit} noValidate>
      <h2 id="would">{words.willTitle}</h2>
      <p role="status">{words.will(counts)}</p>
      <p>
        {words.forms}: {counts.waves.map(({ wave, forms }) => `${wave} ${count(forms)}`).join(", ")}.{" "}
        <span class="soft">{words.leftAlone(counts.leftAlone)}</span>
      </p>
      <Rows rows={seen.preview} />
      {asks === "" ? null : (
        <div class={tried && lacking ? "field wrong" : "field"}>
          <label class="choice-inline">
            <input
              type="checkbox"
              checked={again}
              aria-describedby="again-error"
              onChange={(event) => setAgain(event.currentTarget.checked)}
            />{" "}
            {asks}
          </label>
          <p role="alert" class="error" id="again-error">
            {tried && lacking ? words.againNeeded : ""}
          </p>
        </div>
      )}
      <div>
        <button type="submit" class="btn" aria-disabled={busy}>
          {busy ? words.starting : words.write(counts.answers - counts.same)}
        </button>
      </div>
    </form>
  );
}

function Rows({ rows }: { readonly rows: readonly ImportRow[] }): JSX.Element {
  return (
    <details>
      <summary>{words.first(rows.length)}</summary>
      <section class="scroll-x" aria-label={words.willTitle}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.person}</th>
              <th scope="col">{words.wave}</th>
              {[words.toWrite, words.there, words.differ].map((name) => (
                <th key={name} scope="col" class="r">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ person, wave, isNew, late, answers, same, different }) => (
              <tr key={`${person} ${wave}`}>
                <th scope="row">
                  {person} {isNew ? <span class="soft small">{words.isNew}</span> : null}
                </th>
                <td>
                  {wave} {late ? <span class="soft small">{words.late}</span> : null}
                </td>
                <td class="r">{count(answers - same - different)}</td>
                <td class="r">{count(same)}</td>
                <td class="r">{count(different)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
