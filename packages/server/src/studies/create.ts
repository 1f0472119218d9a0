import type { CreateStudyAnswer, CreateStudyRequest } from "@longwave/api";
import { describeWordWarning, lintProtocol } from "@longwave/findings";
import type { Protocol } from "@longwave/study";
import { unconfirmedInstruments } from "@longwave/study";
import type { Session } from "../access/staff.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addMember } from "../store/queries/members.ts";
import { addStudy, type StudyRow, studyById } from "../store/queries/studies.ts";
import { readStudyText, textColumns } from "./draft.ts";
import { offeredLanguages } from "./languages.ts";
import { requireStudy, summarizeFor } from "./summary.ts";

/**
 * Makes a study of the protocol in `request`, which whoever makes it owns. It is opened for recruiting at once: the text
 * is kept as it is, so the plan in it is locked from this moment, before anyone has been invited. With `open: false` it
 * stays in design, where its text is replaced freely and nobody can join.
 *
 * @throws Refusal `study.protocol-invalid`, `study.exists`, `study.language-unconfirmed`
 */
export async function createStudy(
  context: ServerContext,
  request: CreateStudyRequest,
  session: Session,
): Promise<CreateStudyAnswer> {
  const protocol = readStudyText(request.protocol);
  const { open = true } = request;
  const id = request.id ?? protocol.id;
  const kind = { simulated: protocol.simulated === true, tryIt: false };
  const languages = offeredLanguages(kind, protocol);
  if (open) requireOfferedLanguage(kind, protocol);
  const at = context.now();
  const { email } = session.staff;
  await context.store.db.transaction().execute(async (trx) => {
    if (RESERVED.includes(id) || (await studyById(trx, id))) throw taken(id);
    const text = textColumns(protocol, request.protocol);
    const phase = open ? ("recruiting" as const) : ("design" as const);
    await addStudy(trx, { id, ...kind, ...text, phase, createdAt: at });
    const detail = { protocol: text.protocolHash, phase };
    await recordEvent(trx, { at, study: id, actor: `staff:${email}`, action: "study.created", detail });
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

/**
 * Refuses a study that nobody could answer in any of its languages.
 *
 * @throws Refusal `study.language-unconfirmed`
 */
export function requireOfferedLanguage(
  study: Pick<StudyRow, "simulated" | "tryIt">,
  protocol: Protocol,
): void {
  if (offeredLanguages(study, protocol).length === 0) throw languageUnconfirmed(protocol);
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
