/** A refusal or failure as `application/problem+json`: what was expected, what was found, what to do. */
export interface Problem {
  readonly code: ProblemCode;
  readonly title: string;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
  readonly status: number;
}

/** Every code a reply of the API can carry; each is explained in docs/problems-api.md. */
export type ProblemCode =
  | "request.invalid"
  | "request.not-json"
  | "request.too-large"
  | "request.cross-origin"
  | "request.not-found"
  | "request.too-many"
  | "session.link-unknown"
  | "session.none"
  | "session.not-verified"
  | "session.one-wave"
  | "letter.code-unknown"
  | "code.wrong"
  | "code.has-address"
  | "contact.demonstration"
  | "contact.invalid"
  | "contact.address-taken"
  | "consent.not-given"
  | "consent.form-changed"
  | "consent.tick-missing"
  | "consent.cannot-decline"
  | "answer.invalid"
  | "answer.item-unknown"
  | "answer.wave-unknown"
  | "answer.wave-not-open"
  | "answer.id-reused"
  | "answer.replaces-unknown"
  | "wave.unanswered"
  | "entry.day-impossible"
  | "entry.answered-already"
  | "entry.changed"
  | "entry.none-waiting"
  | "entry.same-person"
  | "entry.reason-missing"
  | "staff.not-signed-in"
  | "staff.sign-in-invalid"
  | "staff.not-allowed"
  | "staff.second-factor-needed"
  | "staff.code-wrong"
  | "staff.passkey-wrong"
  | "member.not-found"
  | "member.exists"
  | "member.last-owner"
  | "study.not-found"
  | "study.exists"
  | "study.protocol-invalid"
  | "study.language-unconfirmed"
  | "people.frame-unreadable"
  | "study.locked"
  | "study.not-locked"
  | "study.already-locked"
  | "study.same-signature"
  | "study.not-recruiting"
  | "study.recruitment-closed"
  | "study.paused"
  | "study.in-design"
  | "study.not-in-design"
  | "study.draft-changed"
  | "study.closed"
  | "study.move-not-allowed"
  | "study.reason-missing"
  | "study.no-open-link"
  | "amendment.not-allowed"
  | "amendment.no-change"
  | "amendment.not-previewed"
  | "person.not-found"
  | "person.left"
  | "run.not-found"
  | "run.not-finished"
  | "run.not-results"
  | "run.already-running"
  | "run.smaller-data"
  | "publication.changes-missing"
  | "data.not-locked"
  | "data.no-sums"
  | "release.not-locked"
  | "release.no-tick"
  | "release.already-making"
  | "release.too-few"
  | "release.not-found"
  | "release.outdated"
  | "comment.not-found"
  | "comment.changed"
  | "comment.reason-missing"
  | "comment.not-published"
  | "import.not-looked-at"
  | "import.not-open"
  | "import.site"
  | "import.stopped"
  | "import.too-large"
  | "import.under-way"
  | "import.unreadable"
  | "inbox.not-found"
  | "inbox.no-address"
  | "query.not-found"
  | "query.closed"
  | "message.not-found"
  | "message.not-repeatable"
  | "server.storage-full"
  | "server.failed";

interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** The HTTP status and the short title of every problem code. */
export const problems: Readonly<Record<ProblemCode, ProblemKind>> = {
  "request.invalid": { status: 400, title: "The request is not as the contract says" },
  "request.not-json": { status: 415, title: "The request is not JSON" },
  "request.too-large": { status: 413, title: "The request is too large" },
  "request.cross-origin": { status: 403, title: "The request came from another site" },
  "request.not-found": { status: 404, title: "There is nothing at this address" },
  "request.too-many": { status: 429, title: "Too many tries" },
  "session.link-unknown": { status: 401, title: "This link is not in use" },
  "session.none": { status: 401, title: "Your visit has ended" },
  "session.not-verified": { status: 403, title: "This needs a one-time code" },
  "session.one-wave": { status: 403, title: "This visit is for one round of questions" },
  "letter.code-unknown": { status: 401, title: "This code is not in use" },
  "code.wrong": { status: 422, title: "This code does not fit" },
  "code.has-address": { status: 409, title: "This person has an e-mail address" },
  "contact.demonstration": { status: 409, title: "A demonstration keeps no name or address" },
  "contact.invalid": { status: 422, title: "This cannot be an address or a number" },
  "contact.address-taken": { status: 409, title: "Somebody in the study has this address" },
  "consent.not-given": { status: 403, title: "Consent has not been given" },
  "consent.form-changed": { status: 409, title: "The consent text has changed" },
  "consent.tick-missing": { status: 422, title: "A required tick box is empty" },
  "consent.cannot-decline": { status: 409, title: "This consent cannot be declined" },
  "answer.invalid": { status: 422, title: "The answer does not fit the question" },
  "answer.item-unknown": { status: 422, title: "There is no such question in this wave" },
  "answer.wave-unknown": { status: 422, title: "There is no such wave" },
  "answer.wave-not-open": { status: 409, title: "This wave is not open" },
  "answer.id-reused": { status: 409, title: "This id already belongs to another answer" },
  "answer.replaces-unknown": { status: 422, title: "The answer to be corrected was not found" },
  "wave.unanswered": { status: 409, title: "Some questions have not been answered or skipped" },
  "entry.day-impossible": { status: 422, title: "The form cannot have been filled in on this day" },
  "entry.answered-already": { status: 409, title: "This question has an answer already" },
  "entry.changed": { status: 409, title: "This has been changed meanwhile" },
  "entry.none-waiting": { status: 409, title: "Nothing waits to be typed again or chosen here" },
  "entry.same-person": { status: 409, title: "Somebody else types it the second time" },
  "entry.reason-missing": { status: 422, title: "A correction has a reason" },
  "staff.not-signed-in": { status: 401, title: "You are not signed in" },
  "staff.sign-in-invalid": { status: 401, title: "This sign-in link has been used or is too old" },
  "staff.not-allowed": { status: 403, title: "Your role does not allow this" },
  "staff.second-factor-needed": { status: 403, title: "This needs your second factor" },
  "staff.code-wrong": { status: 422, title: "This code does not fit" },
  "staff.passkey-wrong": { status: 422, title: "This passkey does not fit" },
  "member.not-found": { status: 404, title: "Nobody of this address is in the team" },
  "member.exists": { status: 409, title: "This person is in the team already" },
  "member.last-owner": { status: 409, title: "A study keeps at least one owner" },
  "study.not-found": { status: 404, title: "There is no such study" },
  "study.exists": { status: 409, title: "A study of this name is there already" },
  "study.protocol-invalid": { status: 422, title: "The study text has mistakes" },
  "study.language-unconfirmed": { status: 422, title: "No language of the study has been confirmed" },
  "people.frame-unreadable": { status: 422, title: "The list cannot be drawn from" },
  "study.locked": { status: 409, title: "The study is locked" },
  "study.not-locked": { status: 409, title: "The study is not locked" },
  "study.already-locked": { status: 409, title: "The study is already locked" },
  "study.same-signature": { status: 409, title: "You have already signed" },
  "study.not-recruiting": { status: 409, title: "The study takes no new people" },
  "study.recruitment-closed": { status: 409, title: "Recruitment is closed" },
  "study.paused": { status: 409, title: "The study is paused" },
  "study.in-design": { status: 409, title: "The study has not been opened" },
  "study.not-in-design": { status: 409, title: "The study has been opened" },
  "study.draft-changed": { status: 409, title: "Somebody else has saved the text" },
  "study.closed": { status: 409, title: "The study is closed" },
  "study.move-not-allowed": { status: 409, title: "The study cannot make this move" },
  "study.reason-missing": { status: 422, title: "This needs a reason" },
  "study.no-open-link": { status: 409, title: "The study text has no open link" },
  "amendment.not-allowed": { status: 422, title: "The amendment changes what must stay" },
  "amendment.no-change": { status: 409, title: "The text is the one in force" },
  "amendment.not-previewed": { status: 409, title: "This amendment was not previewed" },
  "person.not-found": { status: 404, title: "There is no such person" },
  "person.left": { status: 410, title: "This person has left the study" },
  "run.not-found": { status: 404, title: "There is no such run" },
  "run.not-finished": { status: 409, title: "The run has no report" },
  "run.not-results": { status: 409, title: "Only results can be published" },
  "run.already-running": { status: 409, title: "A run is going on" },
  "run.smaller-data": { status: 409, title: "There are fewer data than last time" },
  "publication.changes-missing": { status: 422, title: "A new publication must say what changed" },
  "data.not-locked": { status: 409, title: "The data are not locked" },
  "data.no-sums": { status: 422, title: "The formula has no sums to send" },
  "release.not-locked": { status: 409, title: "Only locked data can be released" },
  "release.no-tick": { status: 409, title: "Nobody was asked whether their answers may be shared" },
  "release.already-making": { status: 409, title: "A preview is being made" },
  "release.too-few": { status: 422, title: "Too few people agreed to sharing" },
  "release.not-found": { status: 404, title: "There is no such release" },
  "release.outdated": { status: 409, title: "This preview can no longer be kept" },
  "comment.changed": { status: 409, title: "The comment has been changed" },
  "comment.not-found": { status: 404, title: "There is no such comment" },
  "comment.reason-missing": { status: 422, title: "A comment is rejected with a reason" },
  "comment.not-published": { status: 409, title: "The study is not published yet" },
  "import.not-looked-at": { status: 409, title: "This is not the file that was looked at" },
  "import.not-open": { status: 409, title: "This study takes no answers" },
  "import.site": { status: 403, title: "A file is imported for the whole study" },
  "import.stopped": { status: 409, title: "The import stopped on the way" },
  "import.too-large": { status: 413, title: "The file has too many rows or columns" },
  "import.under-way": { status: 409, title: "A file is being imported" },
  "import.unreadable": { status: 422, title: "The file cannot be read" },
  "inbox.not-found": { status: 404, title: "There is no such message to the team" },
  "inbox.no-address": { status: 409, title: "This person has no e-mail address" },
  "query.not-found": { status: 404, title: "There is no such query" },
  "query.closed": { status: 409, title: "This query has been closed" },
  "message.not-found": { status: 404, title: "There is no such message" },
  "message.not-repeatable": { status: 409, title: "This message cannot be sent again" },
  "server.storage-full": { status: 507, title: "The server has no room left" },
  "server.failed": { status: 500, title: "Longwave could not do this" },
};

/** The problem `code` with its three parts in words. */
export function problem(
  code: ProblemCode,
  parts: { readonly expected: string; readonly found: string; readonly remedy: string },
): Problem {
  const { status, title } = problems[code];
  return { code, title, expected: parts.expected, found: parts.found, remedy: parts.remedy, status };
}

/** Whether a parsed JSON value is a problem of this API. */
export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    Object.hasOwn(problems, String(value.code))
  );
}
