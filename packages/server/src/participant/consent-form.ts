import type { Language } from "@longwave/api";
import { compileConsent, withChangesSince } from "@longwave/study";
import type { ConsentForm } from "@longwave/study/answering";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { textVersions } from "../protocol/text-versions.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

/**
 * The consent form to show to somebody: who is asked anew reads first all that has changed since the version they gave.
 *
 * @param given  the version they gave last; undefined for a newcomer.
 */
export async function consentFormFor(
  { compiler }: Pick<ServerContext, "compiler">,
  db: Kysely<Tables>,
  study: StudyRow,
  { language, given }: { readonly language: Language; readonly given: number | undefined },
): Promise<ConsentForm> {
  const protocol = compiler.protocol(study);
  const isNewest = given === undefined || given >= protocol.consent.version;
  const versions = isNewest ? [] : await textVersions(db, study, compiler.protocol);
  const [first, ...others] = versions.map((version) => version.protocol);
  if (isNewest || first === undefined) return compiler.consent(protocol, language);
  return compileConsent(withChangesSince([first, ...others], given), language);
}
