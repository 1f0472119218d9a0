import type { StudyText } from "@longwave/api";
import { useEffect, useState } from "preact/hooks";
import { keepUnsaved, unsavedText } from "./keep-unsaved.ts";

/** The text being written, and how it stands to the one on the server. */
export interface Draft {
  readonly text: string;
  /** The name of the saved text it was made from. */
  readonly base: string;
  readonly isUnsaved: boolean;
  /** It was typed at an earlier visit, and this browser kept it. */
  readonly isRestored: boolean;
  /** Whether this browser keeps what is typed. */
  readonly isKept: boolean;
  readonly type: (text: string) => void;
  /** Takes a saved text in place of what was typed. */
  readonly take: (saved: StudyText) => void;
  /** Stands on a newer saved text and keeps what was typed since. */
  readonly standOn: (saved: StudyText) => void;
}

/** The draft of a study: what this browser kept of it, else what is saved. Nothing typed is lost before it is saved. */
export function useDraft(study: string, saved: StudyText): Draft {
  const [kept] = useState(() => (saved.phase === "design" ? unsavedText(study) : undefined));
  const [text, setText] = useState(kept?.text ?? saved.text);
  const [base, setBase] = useState(kept?.base ?? saved.textHash);
  const [isKept, setIsKept] = useState(true);
  const isUnsaved = text !== saved.text;
  useEffect(() => {
    if (saved.phase === "design") setIsKept(keepUnsaved(study, isUnsaved ? { text, base } : undefined));
  }, [study, saved, isUnsaved, text, base]);
  useWarning(isUnsaved && !isKept);
  return {
    ...{ text, base, isUnsaved, isKept, type: setText },
    isRestored: kept !== undefined && isUnsaved && text === kept.text,
    take: (newer) => {
      setText(newer.text);
      setBase(newer.textHash);
    },
    standOn: (newer) => setBase(newer.textHash),
  };
}

function useWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isNeeded]);
}
