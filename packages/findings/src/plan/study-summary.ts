import { type Protocol, protocolHash } from "@longwave/study";
import type { Language, StudySummary } from "../publication/types.ts";
import { localText } from "../words/study-names.ts";

/** The study as the head of a page shows it. */
export function studySummary(protocol: Protocol, simulated: boolean, language: Language): StudySummary {
  return {
    id: protocol.id,
    title: localText(protocol.title, language),
    question: localText(protocol.question, language),
    simulated,
    protocolVersion: protocol.version,
    protocolHash: protocolHash(protocol),
    contact: `${protocol.contact.name}, ${protocol.contact.email}`,
    ...(protocol.basedOn === undefined ? {} : { basedOn: protocol.basedOn }),
  };
}
