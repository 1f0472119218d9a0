import type { SaveDraftRequest, StudyText } from "@longwave/api";
import { lintFeedback } from "@longwave/findings";
import { describeProblem, type Protocol, protocolHash, StudyError, sha256 } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import {
  keepDraft,
  type NewStudy,
  replaceText,
  type StudyRow,
  studyById,
  takeStudy,
} from "../store/queries/studies.ts";
import { requireStudy } from "./summary.ts";

/** The text of a study as its team reads and edits it. */
export function studyText({ phase, version, protocolText, protocolHash, draftText }: StudyRow): StudyText {
  const text = draftText ?? protocolText;
  return {
    text,
    textHash: sha256(text),
    phase,
    version,
    protocolHash,
    mistakes: draftText === undefined ? [] : mistakesOf(draftText),
  };
}

/**
 * Saves the text of a study in design. One without mistakes takes the place of the one before; one with mistakes is kept
 * beside it, so that nothing typed is lost, and named with all of them.
 *
 * @throws Refusal `study.not-in-design`, `study.draft-changed`
 */
export async function saveDraft(
  context: ServerContext,
  { id }: Pick<StudyRow, "id">,
  { protocol: text, replaces }: SaveDraftRequest,
  email: string,
): Promise<StudyText> {
  const at = context.now();
  const mistakes = mistakesOf(text);
  await context.store.db.transaction().execute(async (trx) => {
    const { phase } = await takeStudy(trx, id);
    if (phase !== "design") throw notInDesign();
    const now = await studyById(trx, id);
    const kept = now && sha256(now.draftText ?? now.protocolText);
    if (replaces !== undefined && replaces !== kept) throw draftChanged();
    if (mistakes.length > 0) return keepDraft(trx, id, text);
    const columns = textColumns(readStudyText(text), text);
    await replaceText(trx, { ...columns, id, version: 1 });
    const detail = { protocol: columns.protocolHash };
    await recordEvent(trx, { at, study: id, actor: `staff:${email}`, action: "study.draft-saved", detail });
  });
  return studyText(await requireStudy(context, id));
}

/** The columns of a study that follow from its text. */
export function textColumns(
  protocol: Protocol,
  protocolText: string,
): Pick<NewStudy, "title" | "protocolId" | "protocolVersion" | "protocolHash" | "protocolText"> {
  return {
    title: protocol.title,
    protocolId: protocol.id,
    protocolVersion: protocol.version,
    protocolHash: protocolHash(protocol),
    protocolText,
  };
}

const MOST_MISTAKES = 20;

/**
 * The protocol in a text.
 *
 * @throws Refusal `study.protocol-invalid`
 */
export function readStudyText(text: string): Protocol {
  const read = tryToRead(text);
  if (read.kind === "wrong") throw protocolInvalid(read.mistakes);
  const found = feedbackMistakes(read.protocol);
  if (found.length === 0) return read.protocol;
  throw refuse(
    "study.protocol-invalid",
    "sentences of personal feedback without cause, advice, praise, rank or forecast",
    found.join("; "),
    "Say what was answered and how uncertain it is, and nothing more; docs/personal-feedback.md has examples.",
  );
}

/**
 * Refuses a draft that has mistakes.
 *
 * @throws Refusal `study.protocol-invalid`
 */
export function requireWithoutMistakes(text: string | undefined): void {
  if (text !== undefined) readStudyText(text);
}

type Reading =
  | { readonly kind: "read"; readonly protocol: Protocol }
  | { readonly kind: "wrong"; readonly mistakes: readonly string[] };

function tryToRead(text: string): Reading {
  try {
    return { kind: "read", protocol: readProtocol(text, "protocol.yaml") };
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    return { kind: "wrong", mistakes: error.problems.slice(0, MOST_MISTAKES).map(describeProblem) };
  }
}

function mistakesOf(text: string): readonly string[] {
  const read = tryToRead(text);
  return read.kind === "wrong" ? read.mistakes : feedbackMistakes(read.protocol);
}

/** Advice or a claim of cause to a person about their own answers is refused, not only warned of. */
function feedbackMistakes(protocol: Protocol): readonly string[] {
  const found = lintFeedback(protocol).slice(0, MOST_MISTAKES);
  return found.map(({ place, word }) => `“${word}” in ${place}`);
}

function protocolInvalid(mistakes: readonly string[]): Refusal {
  return refuse(
    "study.protocol-invalid",
    "a study text that follows longwave.protocol/1",
    mistakes.join("\n"),
    "Mend these places and send the text again.",
  );
}

function notInDesign() {
  return refuse(
    "study.not-in-design",
    "a study in design",
    "a study that has been opened",
    "Change the text of an open study by an amendment, with a reason.",
  );
}

function draftChanged() {
  return refuse(
    "study.draft-changed",
    "the text as you last loaded it",
    "one that somebody has saved since",
    "Load the text again, and put your changes into that one.",
  );
}
