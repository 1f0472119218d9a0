import type { AnswerPayload } from "../answering/index.ts";
import type { StudyProblem } from "../errors.ts";
import type { Language } from "../protocol/types.ts";

/** A person of a file. `id` is the one of the file, and stays their pseudonym; times are ms UTC. */
export interface ImportedPerson {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly timeZone: string;
  readonly language: Language;
  readonly enrolledAt: number;
}

/** An answer of a file. */
export interface ImportedAnswer {
  readonly person: string;
  readonly wave: string;
  readonly item: string;
  readonly payload: AnswerPayload;
  readonly answeredAt: number;
  readonly late: boolean;
}

/** A wave that somebody answered, by the last of its answers. */
export interface ImportedWave {
  readonly person: string;
  readonly wave: string;
  readonly at: number;
}

/** What a file gives to a study, or everything that stands in the way; with problems it gives nothing. */
export interface ImportReading {
  readonly people: readonly ImportedPerson[];
  readonly answers: readonly ImportedAnswer[];
  readonly waves: readonly ImportedWave[];
  /** Columns of the file that are no question of the study: scores, free words and the like. */
  readonly leftAlone: readonly string[];
  readonly problems: readonly StudyProblem[];
}
