import type { FormOption, MultiChoiceItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { isOfBody } from "./body/areas.ts";
import { BodyMap } from "./body/BodyMap.tsx";
import type { FieldProps } from "./props.ts";

type Value = string | number;

interface Group {
  readonly label: string;
  readonly options: readonly FormOption[];
}

/** Several choices, in groups when the form has them, on a drawing too when they are areas of the body, with "none of these" as an answer of its own. */
export function MultiChoice(props: FieldProps<MultiChoiceItem>): JSX.Element {
  const { item, draft, onDraft } = props;
  const chosen =
    draft.kind === "chosen" && Array.isArray(draft.value) ? (draft.value as readonly Value[]) : undefined;
  const toggle = (value: Value, on: boolean): void => {
    const rest = (chosen ?? []).filter((entry) => entry !== value);
    const next = on ? [...rest, value] : rest;
    // Unticking the last one is not the same as saying "none": that has its own box.
    onDraft(next.length === 0 ? { kind: "nothing" } : { kind: "chosen", value: next });
  };
  return (
    <>
      {isOfBody(item.options.map(({ value }) => value)) ? (
        <BodyMap
          words={props.words}
          chosen={chosen ?? []}
          onToggle={(area) => toggle(area, chosen?.includes(area) !== true)}
        />
      ) : null}
      {groupsOf(item).map((group) => (
        <GroupOfTicks
          key={group.label}
          group={group}
          name={item.id}
          chosen={chosen ?? []}
          onToggle={toggle}
        />
      ))}
      <div class="options none-of-these">
        <label class="option">
          <input
            type="checkbox"
            name={item.id}
            checked={chosen?.length === 0}
            onChange={(event) =>
              onDraft(event.currentTarget.checked ? { kind: "chosen", value: [] } : { kind: "nothing" })
            }
          />
          <span>{item.noneText}</span>
        </label>
      </div>
    </>
  );
}

interface GroupProps {
  readonly group: Group;
  readonly name: string;
  readonly chosen: readonly Value[];
  readonly onToggle: (value: Value, on: boolean) => void;
}

function GroupOfTicks({ group, name, chosen, onToggle }: GroupProps): JSX.Element {
  const ticks = (
    <div class="options">
      {group.options.map((option) => (
        <label class="option" key={String(option.value)}>
          <input
            type="checkbox"
            name={name}
            value={String(option.value)}
            checked={chosen.includes(option.value)}
            onChange={(event) => onToggle(option.value, event.currentTarget.checked)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </div>
  );
  if (group.label === "") return ticks;
  return (
    <fieldset class="tick-group">
      <legend>{group.label}</legend>
      {ticks}
    </fieldset>
  );
}

/** The groups of the form, then every option that no group names: none may be lost. */
function groupsOf(item: MultiChoiceItem): readonly Group[] {
  const groups = (item.groups ?? []).map((group) => ({
    label: group.label,
    options: item.options.filter((option) => group.values.includes(option.value)),
  }));
  const grouped = new Set(groups.flatMap((group) => group.options));
  const rest = item.options.filter((option) => !grouped.has(option));
  return rest.length === 0 ? groups : [...groups, { label: "", options: rest }];
}
