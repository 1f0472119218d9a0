import type { Figure } from "@longwave/figure";
import type { JSX } from "preact";
import { answer } from "../text/en.ts";

/** A figure drawn here, with its words and the table behind it. */
export function FigurePart({ figure }: { readonly figure: Figure }): JSX.Element {
  return (
    <figure class="figure" id={figure.id}>
      <figcaption>
        <h3>{figure.title}</h3>
        <p class="soft">{figure.reading}</p>
      </figcaption>
      <div class="wide" dangerouslySetInnerHTML={{ __html: figure.wide }} />
      <div class="narrow" dangerouslySetInnerHTML={{ __html: figure.narrow }} />
      {figure.note !== "" && <p class="small soft">{figure.note}</p>}
      <details>
        <summary>{answer.table}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls only what it can reach */}
        <section class="scroll" tabIndex={0} aria-label={figure.title}>
          <table>
            <thead>
              <tr>
                {figure.table.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {figure.table.rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, column) => (
                    <td key={figure.table.columns[column]}>{cell ?? ""}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
