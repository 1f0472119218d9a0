import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { StudyProblem } from "@longwave/study";
import { writing } from "../text/writing.ts";

/** What an editor needs of the page around it. */
export interface CodeTextOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly readOnly: boolean;
  readonly label: string;
  readonly describedBy: string;
  readonly onText: (text: string) => void;
  readonly onSave: () => void;
}

/** An editor of YAML. Tab leaves it, as anywhere on the page; F8 goes to the next mistake. */
export function makeEditor(options: CodeTextOptions): EditorView {
  const { parent, text, readOnly, label, describedBy, onText, onSave } = options;
  const save = (): boolean => {
    onSave();
    return true;
  };
  return new EditorView({
    parent,
    doc: text,
    extensions: [
      keymap.of([
        { key: "Mod-s", run: save },
        ...defaultKeymap,
        ...historyKeymap,
        ...searchKeymap,
        ...foldKeymap,
        ...lintKeymap,
      ]),
      ...appearance,
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({
        "aria-label": label,
        "aria-describedby": describedBy,
        tabindex: "0",
      }),
      EditorView.updateListener.of(({ docChanged, state, transactions }) => {
        const typed = transactions.some((each) => each.annotation(Transaction.userEvent) !== undefined);
        if (docChanged && typed) onText(state.doc.toString());
      }),
    ],
  });
}

/** Colours by role: the tokens carry light and dark. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--women)" },
  { tag: [tags.labelName, tags.typeName, tags.punctuation, tags.separator], color: "var(--between)" },
]);

const appearance: readonly Extension[] = [
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  history(),
  drawSelection(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  bracketMatching(),
  indentOnInput(),
  indentUnit.of("  "),
  search({ top: true }),
  EditorView.lineWrapping,
  yaml(),
  syntaxHighlighting(colours),
];

/** Puts another text into the editor, as when somebody else's was loaded. */
export function replaceText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

/** Marks mistakes in the text where they stand. */
export function showProblems(view: EditorView, problems: readonly StudyProblem[]): void {
  const marks = problems.map((problem): Diagnostic => {
    const line = view.state.doc.line(lineOf(view, problem));
    const start = line.from + (problem.column ?? 1) - 1;
    const from = Math.min(start, line.to);
    const to = Math.max(from, line.to);
    return { from, to, severity: "error", message: writing.problem(problem) };
  });
  const inOrder = marks.sort((a, b) => a.from - b.from);
  view.dispatch(setDiagnostics(view.state, inOrder));
}

/** Goes to a mistake and stands there. */
export function goToProblem(view: EditorView, problem: StudyProblem): void {
  const line = view.state.doc.line(lineOf(view, problem));
  const at = Math.min(line.from + (problem.column ?? 1) - 1, line.to);
  view.dispatch({
    selection: { anchor: at },
    effects: EditorView.scrollIntoView(at, { y: "center" }),
  });
  view.focus();
}

/** The mistake may be of a text that has lost lines since. */
function lineOf(view: EditorView, { line = 1 }: StudyProblem): number {
  return Math.min(Math.max(1, line), view.state.doc.lines);
}
