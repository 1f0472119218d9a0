import type {
  AnswersReceipt,
  AnswersRequest,
  ConsentRequest,
  DeclineRequest,
  InboxRequest,
  LeaveRequest,
  LeavingReceipt,
  OwnContact,
  OwnContactChange,
  OwnRecord,
  ParticipantState,
  Problem,
  PublicStudy,
  ShownCode,
  TryAnswer,
} from "@longwave/api";
import type { Language, TroubleKind } from "../text/index.ts";

/** What came back: an answer, a problem in the server's words, or nothing at all. */
export type Reply<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "problem"; readonly status: number; readonly code: string }
  | { readonly kind: "unreachable" };

/** The participant's side of the contract. Types only: no schema library reaches a phone (ruling 34). */
export interface Server {
  readonly openSession: (token: string, timeZone: string) => Promise<Reply<ParticipantState>>;
  /** Exchanges the code of a letter for a visit; it works once. */
  readonly openByLetter: (code: string, timeZone: string) => Promise<Reply<ParticipantState>>;
  readonly state: (language?: Language) => Promise<Reply<ParticipantState>>;
  readonly consent: (request: ConsentRequest) => Promise<Reply<ParticipantState>>;
  /** Stays under the consent given before. */
  readonly declineConsent: (request: DeclineRequest) => Promise<Reply<ParticipantState>>;
  readonly sendAnswers: (request: AnswersRequest) => Promise<Reply<AnswersReceipt>>;
  /** Ends the visit on this device. */
  readonly signOut: () => Promise<Reply<unknown>>;
  readonly finish: (wave: string) => Promise<Reply<ParticipantState>>;
  /** A personal link of a fresh person in a study that anyone may try. */
  readonly tryStudy: (study?: string) => Promise<Reply<TryAnswer>>;
  readonly publicStudies: () => Promise<Reply<readonly PublicStudy[]>>;
  readonly ownRecord: () => Promise<Reply<OwnRecord>>;
  readonly chooseSessions: (show: boolean) => Promise<Reply<OwnRecord>>;
  readonly requestCode: () => Promise<Reply<{ readonly minutes: number }>>;
  /** The code itself, in a study that anyone may try. */
  readonly shownCode: () => Promise<Reply<ShownCode>>;
  readonly redeemCode: (code: string) => Promise<Reply<{ readonly verifiedUntil: number }>>;
  /** Everything the study keeps about this person, as text: for a computer, and to read. */
  readonly ownCopy: () => Promise<Reply<string>>;
  readonly ownCopyPage: () => Promise<Reply<string>>;
  readonly ownContact: () => Promise<Reply<OwnContact>>;
  readonly changeContact: (change: OwnContactChange) => Promise<Reply<OwnContact>>;
  /** Types the code that was sent to a new address. */
  readonly confirmEmail: (code: string) => Promise<Reply<OwnContact>>;
  /** Writes to the study team. */
  readonly writeToTeam: (request: InboxRequest) => Promise<Reply<{ readonly at: number }>>;
  /** Stops messages, leaves, or leaves and erases. */
  readonly leave: (way: LeaveRequest["way"]) => Promise<Reply<LeavingReceipt>>;
}

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** The server behind this page, reached through `fetch`. */
export function connect(fetch: Fetch): Server {
  const get = <T>(address: string): Promise<Reply<T>> => request<T>(fetch, address, { method: "GET" });
  const post = <T>(address: string, body: unknown): Promise<Reply<T>> =>
    request<T>(fetch, address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    openSession: (token, timeZone) => post("/api/participant/session", { token, timeZone }),
    openByLetter: (code, timeZone) => post("/api/participant/letter", { code, timeZone }),
    state: (language) =>
      get(`/api/participant/state${language === undefined ? "" : `?language=${language}`}`),
    consent: (given) => post("/api/participant/consent", given),
    declineConsent: (given) => post("/api/participant/consent/decline", given),
    sendAnswers: (given) => post("/api/participant/answers", given),
    signOut: () => post("/api/participant/sign-out", {}),
    finish: (wave) => post("/api/participant/finish", { wave }),
    tryStudy: (study) => post("/api/try", study === undefined ? {} : { study }),
    publicStudies: () => get("/api/studies/public"),
    ownRecord: () => get("/api/participant/record"),
    chooseSessions: (show) => post("/api/participant/record/sessions", { show }),
    requestCode: () => post("/api/participant/code", { purpose: "past_answers" }),
    shownCode: () => post("/api/participant/code/shown", {}),
    redeemCode: (code) => post("/api/participant/code/redeem", { purpose: "past_answers", code }),
    ownCopy: () => requestText(fetch, "/api/participant/copy"),
    ownCopyPage: () => requestText(fetch, "/api/participant/copy/page"),
    ownContact: () => get("/api/participant/contact"),
    changeContact: (change) => post("/api/participant/contact", change),
    confirmEmail: (code) => post("/api/participant/contact/confirm", { code }),
    writeToTeam: (message) => post("/api/participant/inbox", message),
    leave: (way) => post("/api/participant/leave", { way }),
  };
}

async function request<T>(fetch: Fetch, address: string, init: RequestInit): Promise<Reply<T>> {
  try {
    // keepalive: an answer on its way arrives even when the page is closed in that moment.
    const response = await fetch(address, { credentials: "same-origin", keepalive: true, ...init });
    const body: unknown = response.status === 204 ? undefined : await response.json();
    if (response.ok) return { kind: "ok", value: body as T };
    return { kind: "problem", status: response.status, code: (body as Partial<Problem>).code ?? "" };
  } catch {
    // A page that is not JSON comes from a proxy in between, which is as good as no connection.
    return { kind: "unreachable" };
  }
}

/** A file as text; a refusal is JSON all the same. */
async function requestText(fetch: Fetch, address: string): Promise<Reply<string>> {
  try {
    const response = await fetch(address, { method: "GET", credentials: "same-origin" });
    const text = await response.text();
    if (response.ok) return { kind: "ok", value: text };
    const { code = "" } = JSON.parse(text) as Partial<Problem>;
    return { kind: "problem", status: response.status, code };
  } catch {
    return { kind: "unreachable" };
  }
}

/** What to tell a person about a reply that is not an answer. */
export function troubleOf(reply: Exclude<Reply<unknown>, { kind: "ok" }>): TroubleKind {
  if (reply.kind === "unreachable") return "offline";
  const byCode: Readonly<Record<string, TroubleKind>> = {
    "session.none": "no_link",
    "session.link-unknown": "wrong_link",
    "letter.code-unknown": "wrong_code",
    "person.left": "left",
    "study.not-found": "no_link",
    "study.not-recruiting": "no_link",
    "study.locked": "locked",
    "study.paused": "study_paused",
    "study.recruitment-closed": "recruitment_closed",
    "answer.wave-not-open": "closed",
  };
  return byCode[reply.code] ?? (reply.status >= 500 ? "server" : "refused");
}
