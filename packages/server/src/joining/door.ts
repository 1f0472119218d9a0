import type { JoinClosed } from "@longwave/findings";
import type { OpenRecruitment, Protocol } from "@longwave/study";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { countConsented } from "../store/queries/flow.ts";
import { cameOpenly } from "../store/queries/newcomers.ts";
import { joinedSince, openLinkOf } from "../store/queries/open-link.ts";
import type { Person } from "../store/queries/people.ts";
import { type StudyRow, studyById } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

const DAY_MS = 86_400_000;
/** How many may join in 24 hours where the study text does not say. */
export const MOST_A_DAY = 500;
// Whoever types one address after another must not make the study write to half the country.
const CODES_FOR_EACH_PLACE = 3;

/** A study that anyone may join, or could. */
export interface Door {
  readonly study: StudyRow;
  readonly open: OpenRecruitment;
}

/** The study of a public address; undefined when its text has no open link, or nobody real is in it. */
export async function doorOf(context: ServerContext, id: string): Promise<Door | undefined> {
  const study = await studyById(context.store.db, id);
  if (!study || study.simulated || study.tryIt) return undefined;
  const { open } = context.compiler.protocol(study).recruitment;
  return open && { study, open };
}

/**
 * Whether the places of a study were taken by others before somebody who came by the open link has consented. Who was
 * invited by the team has a place kept for them.
 */
export async function areTakenFor(
  db: Kysely<Tables>,
  { recruitment }: Protocol,
  person: Person,
): Promise<boolean> {
  const places = recruitment.open?.places;
  if (places === undefined || person.enrolledAt !== undefined) return false;
  return (await cameOpenly(db, person)) && (await countConsented(db, person.study)) >= places;
}

/** Why nobody can join now; undefined when the door is open. */
export async function doorClosed(
  context: Pick<ServerContext, "store" | "now">,
  { study, open }: Door,
): Promise<JoinClosed | undefined> {
  const { db } = context.store;
  if (study.phase === "design") return "not_open";
  if (study.phase !== "recruiting") return "closed";
  if (study.pausedAt !== undefined) return "paused";
  const link = await openLinkOf(db, study.id);
  if (link === undefined) return "not_open";
  if (link.is_open === 0) return "paused";
  if (open.places !== undefined && (await countConsented(db, study.id)) >= open.places) return "full";
  const most = open.mostPerDay ?? MOST_A_DAY;
  const { joined, codes } = await joinedSince(db, study.id, context.now() - DAY_MS);
  return joined >= most || codes >= most * CODES_FOR_EACH_PLACE ? "today" : undefined;
}
