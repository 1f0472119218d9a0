import type { FoundColumn, ImportLook } from "@longwave/api";
import type { JSX } from "preact";
import { aboutPeople, type Meaning, meaningsByName, places } from "../data/mapping.ts";
import { importPage as words } from "../text/import.ts";

interface ColumnsProps {
  readonly seen: ImportLook;
  readonly meanings: ReadonlyMap<string, Meaning> | undefined;
  readonly mapping: string;
  readonly busy: boolean;
  readonly onMeanings: (meanings: ReadonlyMap<string, Meaning>) => void;
  readonly onMapping: (mapping: string) => void;
  readonly onLook: () => void;
}

/** The columns of a file, each with what it holds; or the whole mapping as text. */
export function ImportColumns(props: ColumnsProps): JSX.Element {
  const { seen, meanings, mapping, busy, onMeanings, onMapping, onLook } = props;
  const submit = (event: Event): void => {
    event.preventDefault();
    onLook();
  };
  return (
    <form class="card stack" aria-labelledby="columns" onSubmit={submit}>
      <h2 id="columns">{words.columnsTitle}</h2>
      <p class="soft">{words.columnsText(seen.rows, seen.columns.length)}</p>
      {meanings === undefined ? (
        <p>
          <button
            type="button"
            class="btn quiet"
            onClick={() => onMeanings(meaningsByName(seen.columns, seen.questions))}
          >
            {words.byColumn}
          </button>
        </p>
      ) : (
        <ColumnTable seen={seen} meanings={meanings} onMeanings={onMeanings} />
      )}
      <details open={meanings === undefined}>
        <summary>{words.mapTitle}</summary>
        <div class="field">
          <label for="mapping">{words.mapLabel}</label>
          <p class="hint" id="mapping-hint">
            {words.mapHint}
          </p>
          <textarea
            id="mapping"
            rows={8}
            class="code"
            aria-describedby="mapping-hint"
            value={mapping}
            onInput={(event) => onMapping(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="map-file">{words.mapFile}</label>
          <input
            id="map-file"
            type="file"
            accept=".yaml,.yml"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file !== undefined) void file.text().then(onMapping);
            }}
          />
        </div>
      </details>
      <div>
        <button type="submit" class="btn second" aria-disabled={busy}>
          {busy ? words.reading : words.lookAgain}
        </button>
      </div>
    </form>
  );
}

interface TableProps {
  readonly seen: ImportLook;
  readonly meanings: ReadonlyMap<string, Meaning>;
  readonly onMeanings: (meanings: ReadonlyMap<string, Meaning>) => void;
}

function ColumnTable({ seen, meanings, onMeanings }: TableProps): JSX.Element {
  const set = (column: string, meaning: Meaning): void => {
    // Two columns cannot be one thing: the one chosen last is.
    const others = [...meanings].filter(([name, other]) => name !== column && other !== meaning);
    onMeanings(new Map(meaning === "" ? others : [...others, [column, meaning]]));
  };
  return (
    <section class="scroll-x" aria-labelledby="columns">
      <table class="import-columns">
        <thead>
          <tr>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.examples}</th>
            <th scope="col">{words.means}</th>
          </tr>
        </thead>
        <tbody>
          {seen.columns.map((column) => (
            <ColumnRow
              key={column.name}
              column={column}
              questions={seen.questions}
              meaning={meanings.get(column.name) ?? ""}
              onMeaning={(meaning) => set(column.name, meaning)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly column: FoundColumn;
  readonly questions: ImportLook["questions"];
  readonly meaning: Meaning;
  readonly onMeaning: (meaning: Meaning) => void;
}

function ColumnRow({ column, questions, meaning, onMeaning }: RowProps): JSX.Element {
  const own = (name: string): JSX.Element => (
    <option key={name} value={name}>
      {words.meanings[name]}
    </option>
  );
  return (
    <tr>
      <th scope="row">{column.name}</th>
      <td class="soft">{column.examples.join(", ")}</td>
      <td>
        <select
          aria-label={words.meansFor(column.name)}
          value={meaning}
          onChange={(event) => onMeaning(event.currentTarget.value)}
        >
          <option value="">{words.alone}</option>
          <optgroup label={words.groups.places}>{places.map(own)}</optgroup>
          <optgroup label={words.groups.people}>{aboutPeople.map(own)}</optgroup>
          <optgroup label={words.groups.questions}>
            {questions.map(({ name, words: asked }) => (
              <option key={name} value={name}>
                {`${name}: ${asked.slice(0, 60)}`}
              </option>
            ))}
          </optgroup>
        </select>
      </td>
    </tr>
  );
}
