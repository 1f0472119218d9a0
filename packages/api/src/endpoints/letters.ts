import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Language } from "./shared.ts";
import { language, time } from "./shared.ts";

/** A letter to one person who gets no mail, to be printed on a sheet of its own. */
export interface Letter {
  /** The id of the person, and who they are: what the envelope is found by. */
  readonly person: string;
  readonly label: string;
  readonly language: Language;
  /** Number of the wave it is about; 0 for an invitation to join. */
  readonly wave: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What the square for the camera is for, and where and how the code is typed. */
  readonly camera: string;
  readonly typing: string;
  readonly foot: readonly string[];
  /** The personal link, as the square holds it. */
  readonly link: string;
  /** The code to be typed; it works once and opens this wave alone. */
  readonly code: string;
  /** The first moment at which it can no longer be answered, ms UTC. */
  readonly closesAt: number;
}

/** Every letter that is due now, in order of the numbers of the people. */
export interface LettersAnswer {
  readonly letters: readonly Letter[];
}

const letter: z.ZodType<Letter> = z.object({
  person: z.string(),
  label: z.string(),
  language,
  wave: z.int().min(0),
  title: z.string(),
  paragraphs: z.array(z.string()),
  camera: z.string(),
  typing: z.string(),
  foot: z.array(z.string()),
  link: z.string(),
  code: z.string(),
  closesAt: time,
});

/** The rows of the contract for letters. */
export interface LetterEndpoints {
  readonly writeLetters: Endpoint<"/api/studies/:study/letters", unknown, unknown, LettersAnswer>;
}

/** Endpoints of the letters to people without e-mail. */
export const letterEndpoints: LetterEndpoints = {
  writeLetters: {
    who: "staff",
    needs: "people.links",
    method: "POST",
    path: "/api/studies/:study/letters",
    summary:
      "The letters that are due now to people without e-mail, each with its link and a code to type; codes not yet used stay the same.",
    answer: { kind: "json", status: 200, schema: z.object({ letters: z.array(letter) }) },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "staff.second-factor-needed",
      "study.not-found",
      "study.locked",
      "study.in-design",
      "study.paused",
    ],
  },
};
