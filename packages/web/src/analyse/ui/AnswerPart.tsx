import { forest, withinBetween } from "@longwave/figure";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { download } from "../../console/ui/download.ts";
import type { Analysis } from "../data/analysis.ts";
import {
  betweenSentence,
  CAUTION,
  countSentence,
  groupSentence,
  laterSentence,
  leadSentence,
  sizeSentence,
  withinSentence,
} from "../data/sentences.ts";
import { answer } from "../text/en.ts";
import { CodePart } from "./CodePart.tsx";
import { FigurePart } from "./FigurePart.tsx";

/** The answer first, then the figures, then every number and the code that gives them elsewhere. */
export function AnswerPart(props: {
  readonly analysis: Analysis;
  readonly rCode: string;
  readonly fileName: string;
  readonly isExample: boolean;
  /** Whether the choices above are no longer those of this answer. */
  readonly isStale: boolean;
}): JSX.Element {
  const { analysis, rCode, fileName, isExample, isStale } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { later, choices, notes, groups } = analysis;
  return (
    <section class="section answer" aria-labelledby="answer-title">
      <h2 id="answer-title" tabIndex={-1} ref={heading}>
        {answer.title}
      </h2>
      <p role="status" class="stale">
        {isStale ? answer.stale : ""}
      </p>
      {isExample && (
        <p>
          <span class="tag notice">{answer.simulated}</span>
        </p>
      )}
      <p class="lede">
        {leadSentence(analysis)} {sizeSentence(analysis)}
      </p>
      <p class="soft">{CAUTION}</p>
      <dl class="readings">
        <dt>{answer.within}</dt>
        <dd>{withinSentence(analysis)}</dd>
        <dt>{answer.between}</dt>
        <dd>{betweenSentence(analysis)}</dd>
        {groups !== null && (
          <>
            <dt>{answer.groups}</dt>
            <dd>{groupSentence(groups, choices)}</dd>
          </>
        )}
        <dt>{answer.later}</dt>
        <dd>
          {later.kind === "answered"
            ? later.directions.map((direction) => (
                <p key={direction.from}>{laterSentence(direction, choices)}</p>
              ))
            : later.why}
        </dd>
        <dt>{answer.who}</dt>
        <dd>{countSentence(analysis)}</dd>
      </dl>
      <Notes notes={later.kind === "answered" ? [...notes, ...later.notes] : notes} />
      <Figures analysis={analysis} />
      <details>
        <summary>{answer.numbers}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls only what it can reach */}
        <pre tabIndex={0}>{analysis.printed}</pre>
        <button
          type="button"
          class="btn second"
          onClick={() => download("longwave-fit.json", "application/json", analysis.json)}
        >
          {answer.saveJson}
        </button>
      </details>
      <CodePart title={answer.r} hint={answer.rHint} code={rCode} />
      <CodePart title={answer.command} code={commandLine(analysis, fileName)} />
    </section>
  );
}

function commandLine({ formula, choices }: Analysis, fileName: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const time = choices.time === "" ? "" : ` --time ${quoted(choices.time)}`;
  return `longwave fit ${quoted(formula)} ${quoted(fileName)}${time}`;
}

function Notes({ notes }: { readonly notes: readonly string[] }): JSX.Element | null {
  if (notes.length === 0) return null;
  return (
    <div class="trouble quiet">
      <p>
        <b>{answer.notes}</b>
      </p>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}

function Figures({ analysis }: { readonly analysis: Analysis }): JSX.Element {
  const { panels, choices, later, groups } = analysis;
  const context = { document };
  const comparisons = withinBetween(
    panels,
    { id: "comparisons", title: answer.figure, reading: answer.figureReading, note: answer.figureNote },
    context,
  );
  const ends = { lowLabel: answer.low, highLabel: answer.high, zones: [] };
  return (
    <>
      <FigurePart figure={comparisons} />
      {groups !== null && (
        <FigurePart
          figure={forest(
            {
              ...ends,
              rows: groups.slopes.map(({ label, slope }) => ({ ...slope, label, role: "plain" as const })),
              unit: `${choices.outcome} per unit of ${choices.exposure}`,
            },
            {
              id: "groups",
              title: answer.groupFigure(choices.outcome),
              reading: answer.groupReading,
              note: "",
            },
            context,
          )}
        />
      )}
      {later.kind === "answered" && (
        <FigurePart
          figure={forest(
            {
              ...ends,
              rows: later.directions.map((direction) => ({
                ...direction,
                label:
                  direction.from === "exposure"
                    ? `${choices.exposure} → later ${choices.outcome}`
                    : `${choices.outcome} → later ${choices.exposure}`,
                role: "plain" as const,
              })),
              unit: answer.laterUnit,
            },
            { id: "later", title: answer.laterFigure, reading: answer.laterReading, note: "" },
            context,
          )}
        />
      )}
    </>
  );
}
