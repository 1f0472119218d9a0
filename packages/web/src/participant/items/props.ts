import type { Draft } from "../state/draft.ts";
import type { Words } from "../text/index.ts";

/** What every question's field gets: the item, what stands there now, and where changes go. */
export interface FieldProps<Item> {
  readonly item: Item;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly words: Words;
  /** Ids of the hint and the error that belong to the field. */
  readonly describedBy: string | undefined;
  readonly wrong: boolean;
}
