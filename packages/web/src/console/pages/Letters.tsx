import type { Letter, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { lettersPage } from "../text/letters.ts";
import { LetterSheet } from "../ui/LetterSheet.tsx";
import { Empty, NotDone } from "../ui/States.tsx";

/** Letters for those who get no mail: written on a press of the button, chosen by wave, printed one a sheet. */
export function Letters({ study }: { readonly study: StudySummary }): JSX.Element {
  const [letters, setLetters] = useState<readonly Letter[] | undefined>(undefined);
  const action = useAction(
    () => api.writeLetters({ path: { study: study.id } }),
    (answer) => setLetters(answer.letters),
  );
  if (study.simulated) return <Empty title={lettersPage.noneTitle}>{lettersPage.simulated}</Empty>;
  return (
    <>
      <div class="no-print measure letters-intro">
        <p>{lettersPage.lede}</p>
        <p class="small soft">{lettersPage.codes}</p>
        <NotDone failure={action.failure} />
        <button
          type="button"
          class={letters === undefined ? "btn" : "btn second"}
          onClick={() => action.run(undefined)}
          aria-disabled={action.busy}
        >
          {action.busy ? lettersPage.writing : letters === undefined ? lettersPage.write : lettersPage.again}
        </button>
      </div>
      {letters === undefined ? null : <Written letters={letters} />}
    </>
  );
}

function Written({ letters }: { readonly letters: readonly Letter[] }): JSX.Element {
  const [wave, setWave] = useState<number | undefined>(undefined);
  const shown = letters.filter((letter) => wave === undefined || letter.wave === wave);
  if (letters.length === 0) return <Empty title={lettersPage.noneTitle}>{lettersPage.none}</Empty>;
  return (
    <>
      <div class="no-print toolbar">
        <div class="field">
          <label for="which">{lettersPage.which}</label>
          <select
            id="which"
            value={wave === undefined ? "" : String(wave)}
            onChange={({ currentTarget: { value } }) => setWave(value === "" ? undefined : Number(value))}
          >
            <option value="">{lettersPage.all(letters.length)}</option>
            {wavesOf(letters).map(([number, many]) => (
              <option key={number} value={String(number)}>
                {number === 0 ? lettersPage.invitations(many) : lettersPage.wave(number, many)}
              </option>
            ))}
          </select>
        </div>
        <button type="button" class="btn" onClick={() => window.print()}>
          {lettersPage.print(shown.length)}
        </button>
        <p class="small soft">{lettersPage.printHint}</p>
      </div>
      <div class="letters">
        {shown.map((letter) => (
          <LetterSheet key={letter.person} letter={letter} />
        ))}
      </div>
    </>
  );
}

/** The waves that letters are about, in their order, and how many are about each; 0 is the invitation. */
function wavesOf(letters: readonly Letter[]): readonly (readonly [number, number])[] {
  const many = new Map<number, number>();
  for (const { wave } of letters) many.set(wave, (many.get(wave) ?? 0) + 1);
  return [...many].sort(([one], [other]) => one - other);
}
