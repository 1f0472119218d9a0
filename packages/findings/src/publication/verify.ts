import { encodeJson } from "@longwave/stats";
import type { DeviationKind } from "./deviation-types.ts";
import { type Difference, differencesOf } from "./differences.ts";
import { nameOfContent } from "./seal.ts";
import type { DatasetSummary, Publication, PublicationDraft } from "./types.ts";

export type { Difference } from "./differences.ts";

/** A bundle beside a second run of its plan. */
export interface Verification {
  /** Sealed as named, and everything it was made from and everything it says is the same. */
  readonly same: boolean;
  /** The name the content of the bundle has: another than `hash` when a byte was changed after sealing. */
  readonly contentHash: string;
  readonly sealed: boolean;
  /** What the bundle was made from: seal, plan, study text, data, code, seed. */
  readonly origins: readonly Difference[];
  /** What the bundle says: numbers beyond 1e-9, and texts. */
  readonly results: readonly Difference[];
  /** What the differences mean, one sentence each. */
  readonly notes: readonly string[];
}

/** What a second run is called when it is set beside a bundle. */
export interface SecondRun {
  readonly draft: PublicationDraft;
  /** Version of Longwave that ran it. */
  readonly version: string;
}

/**
 * Sets a bundle beside a second run of its plan on the data at hand: its seal, what it was made from, and what
 * it says.
 *
 * Numbers are compared to 1e-9, texts exactly. What was declared and not computed (seed, language, what the
 * bundle replaces) is covered by the seal alone.
 */
export function verifyPublication(publication: Publication, { draft, version }: SecondRun): Verification {
  const here = JSON.parse(encodeJson(draft)) as PublicationDraft;
  const contentHash = nameOfContent(publication);
  const sealed = contentHash === publication.hash;
  const seal = sealed ? [] : [pair("name of the bundle (seal)", publication.hash, contentHash)];
  const origins = [...seal, ...originsOf(publication, here, version)];
  const results = differencesOf(said(publication), said(here));
  const same = origins.length === 0 && results.length === 0;
  const notes = notesOn(publication, here, { sealed, origins, results });
  return { same, contentHash, sealed, origins, results, notes };
}

function pair(what: string, inBundle: string, here: string): Difference {
  return { what, inBundle, here };
}

function originsOf(publication: Publication, here: PublicationDraft, version: string): readonly Difference[] {
  const rows = [
    pair("hash of the plan", publication.plan.hash, here.plan.hash),
    pair("hash of the study text", publication.study.protocolHash, here.study.protocolHash),
    pair("hash of the data", publication.dataset.hash, here.dataset.hash),
    pair("version of Longwave", publication.version, version),
    pair("seed", String(publication.seed), String(here.seed)),
    pair("language", publication.language, here.language),
  ];
  return rows.filter((row) => row.inBundle !== row.here);
}

/** What a bundle says, without what names it and what it was made from. */
function said(publication: PublicationDraft): object {
  const { format, seed, language, plan, protocol, ...rest } = publication;
  const { protocolHash, ...study } = rest.study;
  const { hash: dataHash, ...dataset } = rest.dataset;
  const named = ["hash", "version", "replaces", "changes"];
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !named.includes(name)));
  return { ...kept, ...computedDeviations(publication), study, dataset };
}

/** Departures that a second run finds again; those that people listed are declared, and the seal covers them. */
function computedDeviations({ deviations }: PublicationDraft): Pick<PublicationDraft, "deviations"> {
  if (deviations === undefined) return {};
  const declared: readonly DeviationKind[] = ["recorded", "smaller_data", "amended", "other_plan"];
  return { deviations: deviations.filter(({ kind }) => !declared.includes(kind)) };
}

function notesOn(
  publication: Publication,
  here: PublicationDraft,
  found: Pick<Verification, "sealed" | "origins" | "results">,
): readonly string[] {
  const fewer = fewerPeople(publication.dataset, here.dataset);
  const changed =
    "The bundle was changed after it was sealed: its content no longer has the name it carries.";
  const declared =
    "Nothing that is computed differs: what was changed is declared, not computed: the seed, the time of the lock, departures that were listed, or what the bundle replaces.";
  const onlySeal = !found.sealed && found.results.length === 0 && found.origins.length === 1;
  const text = found.origins.some(({ what }) => what === "hash of the study text");
  const versions = found.origins.some(({ what }) => what === "version of Longwave");
  return [
    ...(found.sealed ? [] : [changed]),
    ...(onlySeal ? [declared] : []),
    ...(text
      ? ["Data are named together with the study text, so their hash is another when the text is."]
      : []),
    ...(fewer === undefined ? [] : [fewer]),
    ...(versions ? [`For a run with the same code, use Longwave ${publication.version}.`] : []),
  ];
}

/** After an erasure the data are smaller; how many fewer is all that may be said of it. */
function fewerPeople(then: DatasetSummary, now: DatasetSummary): string | undefined {
  const [invited, people, rows] = [
    then.peopleInvited - now.peopleInvited,
    then.people - now.people,
    then.rows - now.rows,
  ];
  if (invited <= 0 && people <= 0 && rows <= 0) return undefined;
  return `These data hold ${counted(people, "person", "people")} fewer who answered, and ${counted(rows, "row", "rows")} fewer, than those the bundle was made from.`;
}

function counted(count: number, one: string, many: string): string {
  return `${Math.max(0, count)} ${count === 1 ? one : many}`;
}
