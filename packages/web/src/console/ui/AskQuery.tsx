import type { WaveQuestions } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { qualityWords as words } from "../text/quality.ts";
import { QueryWords } from "./QueryWords.tsx";

interface AskQueryProps {
  readonly study: string;
  readonly person: { readonly id: string; readonly label: string };
  /** The waves that can be asked about, with their questions. */
  readonly waves: readonly WaveQuestions[];
  /** The question to begin with. */
  readonly item?: string | undefined;
  readonly onOpened: () => void;
  readonly onCancel?: () => void;
}

/** Which answer of one person is asked about, and what; one wave is not chosen but given. */
export function AskQuery({ study, person, waves, item, onOpened, onCancel }: AskQueryProps): JSX.Element {
  const [wave, setWave] = useState(waves[0]?.wave ?? "");
  const items = waves.find((each) => each.wave === wave)?.items ?? [];
  const [chosen, setChosen] = useState(item ?? "");
  const asked = items.some(({ id }) => id === chosen) ? chosen : (items[0]?.id ?? "");
  const [id, setId] = useState(() => crypto.randomUUID());
  const [done, setDone] = useState(false);
  const action = useAction(
    (said: string) =>
      api.openQuery({ path: { study }, body: { id, person: person.id, wave, item: asked, words: said } }),
    () => {
      setId(crypto.randomUUID());
      setDone(true);
      onOpened();
    },
  );
  const field = `ask-${person.id}-${waves.length === 1 ? wave : "any"}`;
  return (
    <section class="stack" aria-label={words.askOf(person.label)}>
      {waves.length === 1 ? null : (
        <Choice
          id={`${field}-wave`}
          label={words.waveLabel}
          value={wave}
          options={waves.map((each) => [each.wave, words.wave(each.wave)])}
          onChoose={setWave}
        />
      )}
      <Choice
        id={`${field}-item`}
        label={words.question}
        value={asked}
        options={items.map((each) => [each.id, each.question])}
        onChoose={setChosen}
      />
      <QueryWords
        key={id}
        id={field}
        label={words.words.ask}
        send={words.open}
        action={action}
        {...(onCancel === undefined ? {} : { onCancel })}
      />
      <p role="status">{done ? words.opened : ""}</p>
    </section>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

function Choice({ id, label, value, options, onChoose }: ChoiceProps): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {options.map(([of, name]) => (
          <option key={of} value={of}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
