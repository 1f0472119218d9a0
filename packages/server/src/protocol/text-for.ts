import type { Protocol, Schedule } from "@longwave/study";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { textVersions } from "./text-versions.ts";

/** The text as it stands for people, by the version of the consent they gave last; nothing is known of newcomers. */
export type TextFor = (consent: number | undefined) => Protocol;

/**
 * How a study's text stands for each person: whoever has not agreed to a newer consent is not asked what came with it.
 */
export async function textFor(
  { compiler }: Pick<ServerContext, "compiler">,
  db: Kysely<Tables>,
  study: StudyRow,
): Promise<TextFor> {
  const inForce = compiler.protocol(study);
  const versions = await textVersions(db, study, compiler.protocol);
  if (versions.length < 2) return () => inForce;
  return (consent) => {
    const isCurrent = consent === undefined || consent >= inForce.consent.version;
    return isCurrent ? inForce : compiler.under(study, versions, consent);
  };
}

/** The same as calendars. */
export function scheduleFor(
  { compiler }: Pick<ServerContext, "compiler">,
  texts: TextFor,
): (person: { readonly consentVersion: number | undefined }) => Schedule {
  return ({ consentVersion }) => compiler.schedule(texts(consentVersion));
}
