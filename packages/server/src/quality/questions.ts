import type { WaveQuestions } from "@longwave/api";
import { questionWords } from "@longwave/findings";
import { collectedProtocol, itemsAsked, type Protocol } from "@longwave/study";
import type { ServerContext } from "../context.ts";
import { textVersions } from "../protocol/text-versions.ts";
import type { StudyRow } from "../store/queries/studies.ts";

/** The protocol that has every question of which there are answers, those no longer asked too. */
export async function protocolOfAnswers(
  { store, compiler }: Pick<ServerContext, "store" | "compiler">,
  study: StudyRow,
): Promise<Protocol> {
  const versions = await textVersions(store.db, study, compiler.protocol);
  return collectedProtocol(compiler.protocol(study), versions);
}

/** The questions of every wave, in English as the console is. */
export function questionsByWave(protocol: Protocol): readonly WaveQuestions[] {
  return protocol.waves.map(({ id: wave }) => ({
    wave,
    items: itemsAsked(protocol, wave).map((id) => ({ id, question: questionWords(protocol, id, "en") })),
  }));
}
