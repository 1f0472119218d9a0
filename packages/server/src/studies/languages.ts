import type { Language } from "@longwave/api";
import type { Protocol } from "@longwave/study";
import { unconfirmedInstruments } from "@longwave/study";
import type { StudyRow } from "../store/queries/studies.ts";

/**
 * The languages in which people can answer a study: those whose every translated instrument a named person has
 * confirmed. A demonstration shows all of its protocol's languages, working translations too.
 */
export function offeredLanguages(
  study: Pick<StudyRow, "simulated" | "tryIt">,
  protocol: Protocol,
): readonly Language[] {
  if (study.simulated || study.tryIt) return protocol.languages;
  return protocol.languages.filter((language) => unconfirmedInstruments(protocol, language).length === 0);
}
