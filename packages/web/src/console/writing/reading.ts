import {
  outlineStudy,
  type Protocol,
  StudyError,
  type StudyOutline,
  type StudyProblem,
} from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { useEffect, useState } from "preact/hooks";

/** A text read in the browser: its mistakes, or the study it says. */
export interface Reading {
  readonly problems: readonly StudyProblem[];
  /** The last text without a mistake; while there are mistakes, the one before. */
  readonly last: { readonly protocol: Protocol; readonly outline: StudyOutline } | undefined;
}

/** Long enough not to read half a word, short enough to seem at once. */
const PAUSE_MS = 400;

/** Reads a text whenever its writer pauses; nothing is sent. */
export function useReading(text: string): Reading {
  const [reading, setReading] = useState<Reading>(() => read(text, undefined));
  useEffect(() => {
    const timer = setTimeout(() => setReading((before) => read(text, before)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return reading;
}

function read(text: string, before: Reading | undefined): Reading {
  try {
    const protocol = readProtocol(text, "");
    const timeZone = protocol.messages.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    return {
      problems: [],
      last: { protocol, outline: outlineStudy(protocol, { at: Date.now(), timeZone }) },
    };
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    const problems = [...error.problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return { problems, last: before?.last };
  }
}
