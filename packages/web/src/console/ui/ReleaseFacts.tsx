import type { ReleaseNumbers } from "@longwave/api";
import type { JSX } from "preact";
import { count } from "../text/en.ts";
import { releasePage as words } from "../text/release.ts";

/** What a release came to: numbers, and how it is told who people are. */
export function ReleaseFacts({ numbers }: { readonly numbers: ReleaseNumbers }): JSX.Element {
  return (
    <>
      <dl class="facts">
        <Fact name={words.people} value={count(numbers.people)} />
        <Fact name={words.rows} value={count(numbers.rows)} />
        <Fact
          name={words.alike}
          value={count(numbers.k)}
          more={words.alikeBefore(numbers.kBefore, numbers.uniqueBefore)}
        />
        <Fact
          name={words.hidden}
          value={count(numbers.hidden)}
          more={words.hiddenShare(numbers.hiddenShare)}
        />
        {numbers.removed === 0 ? null : <Fact name={words.removed} value={count(numbers.removed)} />}
      </dl>
      <details>
        <summary>{words.told}</summary>
        <Told numbers={numbers} />
      </details>
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
}

function Fact({ name, value, more }: FactProps): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        {more === undefined ? null : <span class="soft small"> {more}</span>}
      </dd>
    </div>
  );
}

function Told({ numbers }: { readonly numbers: ReleaseNumbers }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the page is scrolled by keyboard
    <section class="scroll" tabIndex={0} aria-label={words.told}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.variable}</th>
            <th scope="col">{words.how}</th>
            <th scope="col" class="r">
              {words.hidden}
            </th>
          </tr>
        </thead>
        <tbody>
          {numbers.told.map(({ name, how, hidden }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{how}</td>
              <td class="r">{count(hidden)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
