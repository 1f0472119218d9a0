import type { JSX } from "preact";
import type { ReadLine } from "../data/people-list.ts";
import { addPeople } from "../text/add-people.ts";

/** Lines shown at once: the preview is for seeing that columns fell in place. */
const mostShown = 12;

/** How a pasted list is read; lines to look at come first. */
export function Preview({ lines }: { readonly lines: readonly ReadLine[] }): JSX.Element {
  const doubtful = lines.filter((line) => line.doubt !== undefined);
  const ordered = [...doubtful, ...lines.filter((line) => line.doubt === undefined)];
  return (
    <section class="card preview" aria-labelledby="preview">
      <h2 id="preview">{addPeople.previewTitle}</h2>
      <p class="soft" role="status">
        {lines.length === 0
          ? addPeople.previewEmpty
          : addPeople.preview(lines.length - doubtful.length, doubtful.length)}
      </p>
      {lines.length === 0 ? null : <PreviewTable lines={ordered.slice(0, mostShown)} />}
      {lines.length > mostShown ? <p class="soft small">{addPeople.more(lines.length - mostShown)}</p> : null}
    </section>
  );
}

function PreviewTable({ lines }: { readonly lines: readonly ReadLine[] }): JSX.Element {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" class="r">
            {addPeople.line}
          </th>
          <th scope="col">{addPeople.name}</th>
          <th scope="col">{addPeople.email}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.line}>
            <td class="r">{line.line}</td>
            <td>{line.name === "" ? "–" : line.name}</td>
            <td class="break">
              {line.email === "" ? "–" : line.email}
              {line.doubt === undefined ? null : <span class="doubt">{addPeople.doubts[line.doubt]}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
