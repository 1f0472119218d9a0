import PostalMime, { type Email } from "postal-mime";
import { withoutAddresses } from "./transport.ts";

/** What a mail server reports of a message of ours: it gave up, or it still tries. */
export interface ReturnedMail {
  /** The id of the message, from its Message-ID. */
  readonly message: string;
  readonly kind: "failed" | "delayed";
  /** Whether it would be of no use to try again at this address. */
  readonly forGood: boolean;
  /** The status and the words of the mail server, without addresses. */
  readonly why: string;
}

/** No such box, or one that is closed (RFC 3463). A full box, a refusal by policy or a fault of ours may pass. */
const noSuchBox = /^5\.(1\.\d+|2\.1)$/;

/**
 * Reads a report of a mail server about a message that could not be delivered (RFC 3464 in RFC 3462); nothing for any
 * other message, such as an answer of a person or of a program that says they are away.
 */
export async function readReturned(raw: Uint8Array): Promise<ReturnedMail | undefined> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  const report = partOf(mail, "message/delivery-status");
  if (report === undefined) return undefined;
  const message = messageIn(mail, report);
  const field = fieldsOf(report);
  const action = field("action")?.toLowerCase();
  if (message === undefined || (action !== "failed" && action !== "delayed")) return undefined;
  const status = field("status") ?? "";
  const words = (field("diagnostic-code") ?? "").replace(/^[\w-]+;\s*/, "");
  return {
    message,
    kind: action,
    forGood: action === "failed" && noSuchBox.test(status),
    why: withoutAddresses([status, words].filter((part) => part !== "").join(": ")),
  };
}

function partOf({ attachments }: Email, ...types: readonly string[]): string | undefined {
  const part = attachments.find(({ mimeType }) => types.includes(mimeType));
  if (part === undefined) return undefined;
  return typeof part.content === "string"
    ? part.content
    : Buffer.from(part.content as ArrayBuffer).toString("utf8");
}

const ourId = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

/** Our id: in the headers of the message that comes back, or in what a mail server keeps of it elsewhere. */
function messageIn(mail: Email, report: string): string | undefined {
  const returned = partOf(mail, "message/rfc822", "text/rfc822-headers") ?? "";
  const places = [
    new RegExp(`^message-id:\\s*<${ourId}@`, "im").exec(returned),
    new RegExp(`^original-envelope-id:\\s*${ourId}`, "im").exec(report),
    new RegExp(`<${ourId}@`, "i").exec(`${mail.inReplyTo ?? ""} ${mail.references ?? ""}`),
  ];
  return places.find((found) => found !== null)?.[1]?.toLowerCase();
}

/** The fields of a report by name, folded lines made one. */
function fieldsOf(report: string): (name: string) => string | undefined {
  const lines = report.replace(/\r?\n[ \t]+/g, " ");
  return (name) => new RegExp(`^${name}:\\s*(.*)$`, "im").exec(lines)?.[1]?.trim();
}

/** The line before each message of an mbox file: from whom and when. Other lines that begin so are words of a message. */
const separator = /(?:^|\r?\n\r?\n)From \S+ [^\n]*\d\d:\d\d[^\n]*\n/;

/** The messages of an mbox file, or the one message that a file is. */
export function messagesIn(file: Buffer): readonly Buffer[] {
  const text = file.toString("latin1");
  if (!text.startsWith("From ")) return file.length === 0 ? [] : [file];
  return text
    .split(separator)
    .filter((part) => part.trim() !== "")
    .map((part) => Buffer.from(part.replace(/^>(>*From )/gm, "$1"), "latin1"));
}
