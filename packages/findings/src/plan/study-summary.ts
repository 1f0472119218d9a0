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
    contact: contactText(protocol.contact),
    ...(protocol.basedOn === undefined ? {} : { basedOn: protocol.basedOn }),
    source,
  };
}

/** Name and address; a plan without a contact has an address that leads nowhere (RFC 2606), which is not shown. */
function contactText({ name, email }: Protocol["contact"]): string {
  return email.endsWith(".invalid") ? name : `${name}, ${email}`;
}
