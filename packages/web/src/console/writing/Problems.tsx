import type { StudyProblem } from "@longwave/study";
import type { JSX } from "preact";
import { writing } from "../text/writing.ts";

interface ProblemsProps {
  readonly problems: readonly StudyProblem[];
  /** What only the server finds, as it said at the last save. */
  readonly alsoWrong: readonly string[];
  readonly onGo: (problem: StudyProblem) => void;
}

/** Every mistake, each a button that goes to its line. */
export function Problems({ problems, alsoWrong, onGo }: ProblemsProps): JSX.Element {
  const count = problems.length + alsoWrong.length;
  return (
    <section class="card" aria-labelledby="problems" id="problems-list">
      <h2 id="problems">{writing.problems}</h2>
      <p role="status">{writing.problemCount(count)}</p>
      {count === 0 ? null : (
        <ol class="problems">
          {problems.map((problem) => (
            <li key={`${problem.line} ${problem.column} ${problem.path.join(".")} ${problem.found}`}>
              <button type="button" class="btn quiet" onClick={() => onGo(problem)}>
                {writing.goTo(problem)}
              </button>
              <p>{writing.problem(problem)}</p>
            </li>
          ))}
          {alsoWrong.map((sentence) => (
            <li key={sentence}>
              <p>{sentence}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
