import type { Publication } from "../publication/types.ts";
import { type ChecklistItem, checklist } from "./checklist.ts";
import { planKnown } from "./plan-items.ts";
import { resultKnown } from "./result-items.ts";
import type { BlindStrobeInput, Known, StrobeItem, StrobeList, StrobeSource, StrobeState } from "./types.ts";

/**
 * The reporting list of a publication: every fact the bundle holds, and what is left to the authors marked as unfilled.
 * Nothing for a bundle made before it kept these facts.
 */
export function strobeList(publication: Publication): StrobeList | undefined {
  const { protocol, reporting, study, dataset, plan, flow, deviations = [] } = publication;
  if (protocol === undefined || reporting === undefined) return undefined;
  const source = { protocol, study, dataset, plan, flow, reporting, deviations, results: publication };
  return { study, dataset, bundle: publication.hash, blind: false, items: itemsOf(source) };
}

/** The list of a study whose results are hidden: counts and completeness, and no outcome beside an exposure. */
export function blindStrobeList(input: BlindStrobeInput): StrobeList {
  const items = itemsOf({ ...input, results: undefined });
  return { study: input.study, dataset: input.dataset, blind: true, items };
}

function itemsOf(source: StrobeSource): readonly StrobeItem[] {
  const known = { ...planKnown(source), ...resultKnown(source) };
  return checklist.map((item) => itemOf(item, known[item.id] ?? unfilled(item)));
}

/** Judgement is for people: nothing is put in its place. */
function unfilled({ id }: ChecklistItem): Known {
  const toWrite =
    id === "22"
      ? "Funding is not stated in the study text."
      : "This is a matter of judgement, for the authors.";
  return { blocks: [], toWrite };
}

function itemOf(item: ChecklistItem, { blocks, toWrite, anchor, hidden }: Known): StrobeItem {
  const state: StrobeState =
    hidden === true
      ? "hidden"
      : toWrite === undefined
        ? "filled"
        : blocks.length === 0
          ? "unfilled"
          : "partly";
  return {
    ...item,
    state,
    blocks,
    ...(toWrite === undefined ? {} : { toWrite }),
    ...(anchor === undefined ? {} : { anchor }),
  };
}
