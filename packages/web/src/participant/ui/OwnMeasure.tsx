import type { JSX } from "preact";
import type { Measure } from "../state/own-point.ts";
import { pointText } from "../state/own-point.ts";
import type { Words } from "../text/index.ts";
import { OwnChart } from "./OwnChart.tsx";

/** One question over time: what it says in words, the chart, and the same as a table. */
export function OwnMeasureView(props: { readonly words: Words; readonly measure: Measure }): JSX.Element {
  const { words, measure } = props;
  const id = `own-${measure.item}`;
  return (
    <section class="own-part" aria-labelledby={id}>
      <h2 id={id}>{measure.label}</h2>
      {measure.sentences.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <figure>
        <OwnChart words={words} measure={measure} />
      </figure>
      {measure.others.map((text) => (
        <p key={text} class="soft">
          {text}
        </p>
      ))}
      {measure.points.some(({ low }) => low !== undefined) ? <p class="soft">{words.own.bars}</p> : null}
      <details class="why">
        <summary>{words.own.tableShow}</summary>
        <p class="soft small">{measure.question}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.own.when}</th>
              <th scope="col">{words.own.answer}</th>
            </tr>
          </thead>
          <tbody>
            {measure.points.map((point) => (
              <tr key={point.wave}>
                <th scope="row">{point.when}</th>
                <td>{pointText(point, words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
