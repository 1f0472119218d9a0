import type { LanguageReading, OutlineWave, StudyOutline } from "@longwave/study";
import type { JSX } from "preact";
import { writing } from "../text/writing.ts";

/** What the text says, counted: days, minutes, how hard the words are, and what to look at before people are asked. */
export function Says({ outline }: { readonly outline: StudyOutline }): JSX.Element {
  return (
    <section class="card says" aria-labelledby="says">
      <h2 id="says">{writing.says}</h2>
      <LookAt outline={outline} />
      <p class="soft">{writing.joins(outline.day, outline.timeZone)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard */}
      <section class="scroll" aria-label={writing.waves} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {writing.columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outline.waves.map((wave) => (
              <WaveRow key={wave.id} wave={wave} />
            ))}
          </tbody>
        </table>
      </section>
      {outline.reading.map((reading) => (
        <ReadingOf key={reading.language} reading={reading} />
      ))}
      <p class="soft small break">{writing.hash(outline.hash)}</p>
    </section>
  );
}

function WaveRow({ wave }: { readonly wave: OutlineWave }): JSX.Element {
  return (
    <tr>
      <th scope="row">{wave.label.en}</th>
      <td>
        <span class="day">{wave.opens}</span> <span class="day">{writing.until(wave.closes)}</span>
      </td>
      <td>{wave.questions}</td>
      <td>{writing.minutes(wave)}</td>
      <td>
        {wave.messages.length === 0 ? writing.noMessages : null}
        {wave.messages.map(({ contact, date }, index) => (
          <span key={contact}>
            {index === 0 ? "" : ", "}
            <span class="day">{date}</span>
          </span>
        ))}
      </td>
    </tr>
  );
}

function ReadingOf({ reading }: { readonly reading: LanguageReading }): JSX.Element {
  return (
    <div>
      <p>{writing.reading(reading)}</p>
      {reading.hardest.length === 0 ? null : (
        <details>
          <summary>{writing.hardest}</summary>
          <ul>
            {reading.hardest.map(({ text, score, fixed }) => (
              <li key={text}>{writing.hardText({ text, score, fixed })}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Nothing of it is a mistake; each is worth a look before anybody is invited. */
function LookAt({ outline }: { readonly outline: StudyOutline }): JSX.Element | null {
  const looks = [
    ...outline.waves.filter(({ overPromise }) => overPromise).map(writing.overPromise),
    ...outline.unconfirmed.map(writing.unconfirmed),
    ...outline.reading.flatMap(writing.tooHard),
  ];
  if (looks.length === 0) return null;
  return (
    <div class="look">
      <h3>{writing.lookAt}</h3>
      <ul>
        {looks.map((look) => (
          <li key={look}>{look}</li>
        ))}
      </ul>
    </div>
  );
}
