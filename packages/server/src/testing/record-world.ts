import type { AddPeopleAnswer, ParticipantState, ReadOutCode } from "@longwave/api";
import { feedbackHash } from "@longwave/study";
import { askedItems } from "@longwave/study/answering";
import { readProtocol } from "@longwave/study/text";
import { addPublication } from "../store/queries/publications.ts";
import type { Engine } from "./engines.ts";
import { type MailWorld, openMailWorld } from "./mail-world.ts";
import {
  answerTo,
  consentTo,
  fittingPayload,
  protocolText,
  sendAnswers,
  tokenOf,
  type Visitor,
} from "./world.ts";

/** A study of real people whose rules a named person has reviewed. */
export const REVIEWED = "reviewed";

/** Somebody in it. */
export interface Answerer {
  readonly id: string;
  readonly token: string;
  readonly visitor: Visitor;
  readonly study: string;
  readonly address: "mail" | "none";
}

/** A mail world with a second study, whose rules of personal feedback have been reviewed. */
export interface RecordWorld {
  readonly room: MailWorld;
  /** A person who has answered round 1 with this answer on pain; without one they have only consented. */
  join(pain?: number, study?: string, address?: "mail" | "none"): Promise<Answerer>;
  /** The one-time code a person gets: by mail, or read out by staff to who has no address. */
  codeFor(someone: Answerer): Promise<string>;
  /** Opens the visit again and types such a code. */
  verify(someone: Answerer): Promise<void>;
  /** Answers the open round of a person and finishes it. */
  answerRound(someone: Answerer, pain: number): Promise<void>;
  /** Publishes the reviewed study as it stands, without an analysis. */
  publish(upToSeq: number): Promise<void>;
  close(): Promise<void>;
}

const purpose = "past_answers";

/** The flagship text with a review that names exactly what stands there. */
function reviewedText(): string {
  const hash = feedbackHash(readProtocol(protocolText, "protocol.yaml"));
  const review = `review: { status: reviewed, reviewedBy: A. Reviewer, reviewedOn: "2026-01-01", hash: ${hash} }`;
  return protocolText.replace(/review:\n {4}status: working\n {4}note: [^\n]*/, review);
}

/** Opens one. */
export async function openRecordWorld(engine: Engine): Promise<RecordWorld> {
  const room = await openMailWorld(engine);
  await room.staff.post("/api/studies", { protocol: reviewedText(), id: REVIEWED });
  const opened = (someone: Answerer) =>
    someone.visitor.post<ParticipantState>("/api/participant/session", { token: someone.token });
  const world: RecordWorld = {
    room,
    async join(pain, study = REVIEWED, address = "mail") {
      const someone = await addPerson(room, study, address);
      const state = await opened(someone);
      await someone.visitor.post("/api/participant/consent", consentTo(state));
      if (pain !== undefined) await world.answerRound(someone, pain);
      return someone;
    },
    async codeFor({ id, visitor, study, address }) {
      if (address === "none") {
        const path = `/api/studies/${study}/people/${id}/code`;
        return (await room.staff.post<ReadOutCode>(path, { purpose })).code;
      }
      await visitor.post("/api/participant/code", { purpose });
      await room.world.server.deliverMail();
      return /^\d{4} \d{4}$/m.exec(room.post.received.at(-1)?.text ?? "")?.[0] ?? "";
    },
    async verify(someone) {
      await opened(someone);
      const code = await world.codeFor(someone);
      await someone.visitor.post("/api/participant/code/redeem", { purpose, code });
    },
    async answerRound(someone, pain) {
      const state = await opened(someone);
      const form = state.current?.form;
      if (form === undefined) throw new Error("no round is open");
      const answers = Object.fromEntries(
        form.items.map((item) => [
          item.id,
          item.id === "pain_vrs" ? ({ kind: "value", value: pain } as const) : fittingPayload(item),
        ]),
      );
      const asked = askedItems(form, answers);
      const sent = asked.map((item) =>
        answerTo(state, item, { payload: answers[item.id] ?? { kind: "skipped" } }),
      );
      await sendAnswers(someone.visitor, sent);
      await someone.visitor.post("/api/participant/finish", { wave: form.wave });
    },
    publish: (upToSeq) => publish(room, upToSeq),
    close: () => room.close(),
  };
  return world;
}

async function addPerson(room: MailWorld, study: string, address: Answerer["address"]): Promise<Answerer> {
  const name = `kari-${crypto.randomUUID().slice(0, 8)}`;
  const text = address === "mail" ? `${name}, ${name}@example.org` : name;
  const { added } = await room.staff.post<AddPeopleAnswer>(`/api/studies/${study}/people`, { text });
  const [person] = added;
  const token = tokenOf(person?.link ?? "");
  return { id: person?.id ?? "", token, visitor: room.world.visitor(), study, address };
}

async function publish(room: MailWorld, upToSeq: number): Promise<void> {
  const store = await room.place.open();
  const bundle = {
    language: "en",
    answer: { lead: "Not clear: these data cannot tell." },
    dataset: { upToSeq },
  };
  await addPublication(store.db, {
    study: REVIEWED,
    hash: "1".repeat(64),
    number: 1,
    run: "none",
    published_at: 0,
    published_by: "team@example.org",
    replaces: null,
    bundle: JSON.stringify(bundle),
  });
  await store.db.updateTable("study").set({ phase: "published" }).where("id", "=", REVIEWED).execute();
  await store.close();
}
