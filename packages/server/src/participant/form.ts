import type { Language } from "@longwave/api";
import type { WaveForm } from "@longwave/study/answering";
import type { ServerContext } from "../context.ts";
import { itemsAnswered } from "../store/queries/answers.ts";
import { offeredLanguages } from "../studies/languages.ts";
import type { Participation } from "./state.ts";

/**
 * The language to speak to a person: their own once they have enrolled, for a form must stay the one it was;
 * before that the one asked for, else the first of the study.
 */
export function languageFor(
  { study, protocol, person }: Pick<Participation, "study" | "protocol" | "person">,
  wanted?: Language | undefined,
): Language {
  const offered = offeredLanguages(study, protocol);
  const choices = [person.language, wanted, offered[0]];
  return choices.find((choice) => choice !== undefined && offered.includes(choice)) ?? "en";
}

/**
 * The form of a wave for one person: its own questions as far as they have consented to them, and those asked once that
 * this person has not met yet.
 */
export async function formFor(
  context: Pick<ServerContext, "store" | "compiler">,
  participation: Participation,
  wave: string,
): Promise<WaveForm> {
  const { person, asked } = participation;
  const ids = asked.waves.map(({ id }) => id);
  const earlier = ids.slice(0, Math.max(0, ids.indexOf(wave)));
  const answeredBefore = await itemsAnswered(context.store.db, person, earlier);
  return context.compiler.form(asked, { wave, language: languageFor(participation), answeredBefore });
}
