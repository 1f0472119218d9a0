import { type Dataset, type Protocol, protocolHash } from "@longwave/study";
import type { AnswerSource, Language, StudySummary } from "../publication/types.ts";
import { localText } from "../words/study-names.ts";

/** Answers of a study are numbered from 1 as they come in; rows of a file have no such numbers. */
export function answerSource({ upToSeq, flow }: Dataset): AnswerSource {
  return upToSeq === 0 && flow.answeredOnce > 0 ? "file" : "study";
}

/** The study as the head of a page shows it. */
export function studySummary(
  protocol: Protocol,
  { simulated, language, source }: { simulated: boolean; language: Language; source: AnswerSource },
): StudySummary {
  return {
    id: protocol.id,
    title: localText(protocol.title, language),
    question: localText(protocol.question, language),
    simulated,
    protocolVersion: protocol.version,
    protocolHash: protocolHash(protocol),
    contact: `${protocol.contact.name}, ${protocol.contact.email}`,
    ...(protocol.basedOn === undefined ? {} : { basedOn: protocol.basedOn }),
    source,
  };
}
