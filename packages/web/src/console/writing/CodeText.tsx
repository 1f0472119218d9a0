import type { EditorView } from "@codemirror/view";
import type { StudyProblem } from "@longwave/study";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { writing } from "../text/writing.ts";
import { goToProblem, makeEditor, replaceText, showProblems } from "./code-text.ts";

interface CodeTextProps {
  readonly text: string;
  readonly readOnly: boolean;
  readonly problems: readonly StudyProblem[];
  /** The mistake to stand at; a new object goes there again. */
  readonly target: { readonly problem: StudyProblem } | undefined;
  readonly onText: (text: string) => void;
  readonly onSave: () => void;
}

/** The text of a study with its mistakes marked in place. */
export function CodeText(props: CodeTextProps): JSX.Element {
  const { text, readOnly, problems, target } = props;
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (box.current === null) return;
    const view = makeEditor({
      parent: box.current,
      ...{ text, readOnly },
      label: writing.editorLabel,
      describedBy: "editor-keys",
      onText: (typed) => latest.current.onText(typed),
      onSave: () => latest.current.onSave(),
    });
    editor.current = view;
    return () => view.destroy();
  }, [readOnly]);
  useEffect(() => {
    if (editor.current !== undefined) replaceText(editor.current, text);
  }, [text]);
  useEffect(() => {
    if (editor.current !== undefined) showProblems(editor.current, problems);
  }, [problems]);
  useEffect(() => {
    if (editor.current !== undefined && target !== undefined) goToProblem(editor.current, target.problem);
  }, [target]);
  return (
    <div class="code-text">
      <div ref={box} class="code-box" />
      <p class="soft small" id="editor-keys">
        {writing.keys}
      </p>
    </div>
  );
}
