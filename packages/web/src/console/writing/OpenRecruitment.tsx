import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { writing } from "../text/writing.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { NotDone } from "../ui/States.tsx";

interface OpenRecruitmentProps {
  readonly study: StudySummary;
  readonly mistakes: number;
  readonly isUnsaved: boolean;
  readonly onOpened: (study: StudySummary) => void;
}

/** Opens the study for people, or says what stands in the way. */
export function OpenRecruitment({ study, mistakes, isUnsaved, onOpened }: OpenRecruitmentProps): JSX.Element {
  const [asks, setAsks] = useState(false);
  const open = useAction(
    () => api.moveStudy({ path: { study: study.id }, body: { move: "open" } }),
    (opened) => {
      onOpened(opened);
      location.hash = addressOf(study.id, "add");
    },
  );
  const inTheWay = [
    ...(mistakes > 0 ? [writing.wayMistakes(mistakes)] : []),
    ...(isUnsaved ? [writing.wayUnsaved] : []),
  ];
  const isReady = inTheWay.length === 0;
  return (
    <section class="card stack" aria-labelledby="open-recruitment">
      <h2 id="open-recruitment">{writing.openTitle}</h2>
      <p>{writing.openText}</p>
      {isReady ? null : (
        <div id="in-the-way">
          <h3>{writing.inTheWay}</h3>
          <ul>
            {inTheWay.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      )}
      <NotDone failure={open.failure} title={writing.notOpened} />
      <p>
        <button
          type="button"
          class="btn second"
          aria-disabled={!isReady || open.busy}
          aria-describedby={isReady ? undefined : "in-the-way"}
          onClick={() => isReady && setAsks(true)}
        >
          {writing.openButton}
        </button>
      </p>
      {asks ? (
        <Dialog
          title={writing.openDialog}
          confirm={writing.openConfirm}
          dismiss={writing.openNot}
          onConfirm={() => {
            setAsks(false);
            open.run(undefined);
          }}
          onDismiss={() => setAsks(false)}
        >
          <p>{writing.openText}</p>
        </Dialog>
      ) : null}
    </section>
  );
}
