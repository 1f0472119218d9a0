import type { CreateStudyAnswer, CreateStudyRequest } from "@longwave/api";
import { describeWordWarning, lintFeedback, lintProtocol } from "@longwave/findings";
import type { Protocol } from "@longwave/study";
import { describeProblem, protocolHash, StudyError, unconfirmedInstruments } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { Session } from "../access/staff.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addMember } from "../store/queries/members.ts";
import { addStudy, studyById } from "../store/queries/studies.ts";
import { offeredLanguages } from "./languages.ts";
import { requireStudy, summarizeFor } from "./summary.ts";

/**
 * Opens a study for recruiting with the protocol in `request`. The text is kept as it is and never changes, so the
 * plan in it is locked from this moment, before anyone has been invited. Who opens it owns it.
 *
 * @throws Refusal `study.protocol-invalid`, `study.exists`, `study.language-unconfirmed`
 */
export async function createStudy(
  context: ServerContext,
  request: CreateStudyRequest,
  session: Session,
): Promise<CreateStudyAnswer> {
  const protocol = readText(request.protocol);
  checkFeedbackWords(protocol);
  const id = request.id ?? protocol.id;
  const kind = { simulated: protocol.simulated === true, tryIt: false };
  const languages = offeredLanguages(kind, protocol);
  if (languages.length === 0) throw languageUnconfirmed(protocol);
  const at = context.now();
  const { email } = session.staff;
  const hash = protocolHash(protocol);
  await context.store.db.transaction().execute(async (trx) => {
    if (RESERVED.includes(id) || (await studyById(trx, id))) throw taken(id);
    const text = {
      protocolId: protocol.id,
      protocolVersion: protocol.version,
      protocolText: request.protocol,
    };
    const opened = { title: protocol.title, phase: "recruiting" as const, createdAt: at };
    await addStudy(trx, { id, ...kind, ...text, ...opened, protocolHash: hash });
    const actor = `staff:${email}`;
    await recordEvent(trx, { at, study: id, actor, action: "study.created", detail: { protocol: hash } });
    const owner = { study: id, email, role: "owner", site: undefined } as const;
    await addMember(trx, { ...owner, addedAt: at, addedBy: email });
  });
  const opened = { session, study: await requireStudy(context, id) };
  const study = await summarizeFor(context, opened, { role: "owner", site: undefined });
  const warnings = lintProtocol(protocol).map(describeWordWarning);
  return { study, languages, waiting: waitingLanguages(protocol, languages), warnings };
}

// Names that already mean something in an address.
const RESERVED: readonly string[] = ["public"];
const MOST_MISTAKES = 20;

/** Advice or a claim of cause to a person about their own answers is refused, not only warned of. */
function checkFeedbackWords(protocol: Protocol): void {
  const found = lintFeedback(protocol).slice(0, MOST_MISTAKES);
  if (found.length === 0) return;
  throw refuse(
    "study.protocol-invalid",
    "sentences of personal feedback without cause, advice, praise, rank or forecast",
    found.map(({ place, word }) => `“${word}” in ${place}`).join("; "),
    "Say what was answered and how uncertain it is, and nothing more; docs/personal-feedback.md has examples.",
  );
}

function readText(text: string): Protocol {
  try {
    return readProtocol(text, "protocol.yaml");
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    const mistakes = error.problems.slice(0, MOST_MISTAKES).map(describeProblem);
    throw refuse(
      "study.protocol-invalid",
      "a study text that follows longwave.protocol/1",
      mistakes.join("\n"),
      "Mend these places and send the text again.",
    );
  }
}

function waitingLanguages(
  protocol: Protocol,
  offered: CreateStudyAnswer["languages"],
): CreateStudyAnswer["waiting"] {
  return protocol.languages
    .filter((language) => !offered.includes(language))
    .map((language) => ({
      language,
      instruments: unconfirmedInstruments(protocol, language).map((instrument) => instrument.id),
    }));
}

function taken(id: string) {
  return refuse(
    "study.exists",
    "a name that no study has yet",
    id,
    "Give another `id`; a study that is there is never changed.",
  );
}

function languageUnconfirmed(protocol: Protocol) {
  const [first] = waitingLanguages(protocol, []);
  return refuse(
    "study.language-unconfirmed",
    "at least one language whose translated instruments a named person has confirmed",
    `${first?.language}, with ${first?.instruments.join(", ")} unconfirmed`,
    "Let a named person confirm the translations and write that into the text (`confirmedBy`), or add English.",
  );
}
