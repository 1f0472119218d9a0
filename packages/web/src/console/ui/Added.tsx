import type { AddPeopleAnswer } from "@longwave/api";
import type { JSX } from "preact";
import { csvFile } from "../data/people-list.ts";
import { addressOf } from "../router.ts";
import { addPeople } from "../text/add-people.ts";
import { CopyButton } from "./CopyButton.tsx";
import { Drawn } from "./Drawn.tsx";
import { download } from "./download.ts";

interface AddedProps {
  readonly study: string;
  readonly answer: AddPeopleAnswer;
  /** Whether those with an address are written to. */
  readonly invited: boolean;
  /** Back to the box, with the lines that were not added (or empty). */
  readonly onAgain: (text: string) => void;
}

/** Who was added, each with a link to pass on, and which lines were not, with what to do. */
export function Added({ study, answer, invited, onAgain }: AddedProps): JSX.Element {
  const { added, problems } = answer;
  const save = (): void =>
    download(
      "personal-links.csv",
      "text/csv",
      csvFile(
        ["name", "link"],
        added.map(({ label, link }) => [label, link]),
      ),
    );
  return (
    <div class="stack added">
      <p role="status" class="sr">
        {addPeople.doneTitle(added.length)}
      </p>
      {answer.draw === undefined ? null : <Drawn draw={answer.draw} />}
      {problems.length === 0 ? null : <Problems problems={problems} onAgain={onAgain} />}
      {added.length === 0 ? null : (
        <section class="card" aria-labelledby="added">
          <header>
            <h2 id="added">{addPeople.doneTitle(added.length)}</h2>
            <button type="button" class="btn second" onClick={save}>
              {addPeople.download}
            </button>
          </header>
          <p class="soft">{invited ? addPeople.invitedText : addPeople.doneText}</p>
          <ul class="links">
            {added.map(({ id, label, link }) => (
              <li key={id}>
                <b>{label}</b>
                <span class="hash">{link}</span>
                <CopyButton text={link} of={`${addPeople.link}, ${label}`} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="acts">
        <a class="btn" href={addressOf(study, "people")}>
          {addPeople.back}
        </a>
        <button type="button" class="btn quiet" onClick={() => onAgain("")}>
          {addPeople.another}
        </button>
      </p>
    </div>
  );
}

interface ProblemsProps {
  readonly problems: AddPeopleAnswer["problems"];
  readonly onAgain: (text: string) => void;
}

function Problems({ problems, onAgain }: ProblemsProps): JSX.Element {
  return (
    <section class="trouble" aria-labelledby="not-added">
      <h2 id="not-added">{addPeople.problemsTitle(problems.length)}</h2>
      <p>{addPeople.problemsText}</p>
      <ul class="line-problems">
        {problems.map((problem) => (
          <li key={problem.line}>
            <b>
              {addPeople.line} {problem.line}:
            </b>{" "}
            <span class="hash">{problem.text}</span>
            <br />
            {addPeople.lineProblem(problem.expected, problem.remedy)}
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="btn second"
        onClick={() => onAgain(problems.map((problem) => problem.text).join("\n"))}
      >
        {addPeople.putBack}
      </button>
    </section>
  );
}
