import { may, type StudySummary, type StudyText } from "@longwave/api";
import type { StudyProblem } from "@longwave/study";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { writing } from "../text/writing.ts";
import { Full } from "../ui/States.tsx";
import { CodeText } from "./CodeText.tsx";
import { OpenRecruitment } from "./OpenRecruitment.tsx";
import { Phone } from "./Phone.tsx";
import { Problems } from "./Problems.tsx";
import { useReading } from "./reading.ts";
import { SaveBar } from "./SaveBar.tsx";
import { Says } from "./Says.tsx";
import { useDraft } from "./use-draft.ts";

interface WriterProps {
  readonly study: StudySummary;
  readonly onStudy: (study: StudySummary) => void;
}

/** The text of a study beside what it says and how people see it; written while the study is in design. */
export function Writer({ study, onStudy }: WriterProps): JSX.Element {
  const fetched = useResource(`text ${study.id} ${study.phase}`, () =>
    api.studyText({ path: { study: study.id } }),
  );
  return (
    <Full fetched={fetched}>
      {(saved) => <Written study={study} saved={saved} onSaved={fetched.replace} onStudy={onStudy} />}
    </Full>
  );
}

interface WrittenProps extends WriterProps {
  readonly saved: StudyText;
  readonly onSaved: (saved: StudyText) => void;
}

function Written({ study, saved, onSaved, onStudy }: WrittenProps): JSX.Element {
  const draft = useDraft(study.id, saved);
  const reading = useReading(draft.text);
  const [target, setTarget] = useState<{ readonly problem: StudyProblem } | undefined>(undefined);
  const mayWrite = saved.phase === "design" && may(study.role, "study.write");
  const save = useAction(
    (replaces: string) =>
      api.saveDraft({ path: { study: study.id }, body: { protocol: draft.text, replaces } }),
    (newer) => {
      draft.standOn(newer);
      onSaved(newer);
    },
  );
  const alsoWrong = draft.isUnsaved || reading.problems.length > 0 ? [] : saved.mistakes;
  return (
    <div class="writing">
      <div class="writing-text">
        {mayWrite ? (
          <SaveBar study={study.id} draft={draft} save={save} onSaved={onSaved} />
        ) : (
          <p class="soft">{writing.opened}</p>
        )}
        <CodeText
          text={draft.text}
          readOnly={!mayWrite}
          problems={reading.problems}
          target={target}
          onText={draft.type}
          onSave={() => mayWrite && save.run(draft.base)}
        />
        <Problems
          problems={reading.problems}
          alsoWrong={alsoWrong}
          onGo={(problem) => setTarget({ problem })}
        />
        {reading.last === undefined ? null : <Says outline={reading.last.outline} />}
      </div>
      <div class="writing-side">
        {reading.last === undefined ? (
          <p class="empty">{writing.noPreview}</p>
        ) : (
          <>
            {reading.problems.length > 0 ? <p class="soft">{writing.oldPreview}</p> : null}
            <Phone protocol={reading.last.protocol} />
          </>
        )}
        {saved.phase === "design" && may(study.role, "study.move") ? (
          <OpenRecruitment
            study={study}
            mistakes={reading.problems.length + alsoWrong.length}
            isUnsaved={draft.isUnsaved}
            onOpened={onStudy}
          />
        ) : null}
      </div>
    </div>
  );
}
