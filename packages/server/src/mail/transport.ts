import MailComposer from "nodemailer/lib/mail-composer";

/** A message on its way: composed at the last moment and kept nowhere but in the outbox folder, if that is the way. */
export interface Letter {
  /** The id of the outbox row. */
  readonly id: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly to: string;
  /** Stays the same however often the sending is tried. */
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What came of trying to deliver a letter. `later`: this one was turned away for now. `unreachable`: nothing can be
 * delivered at the moment. `uncertain`: it was handed over and nothing came back.
 */
export type Delivery =
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "later"; readonly why: string }
  | { readonly kind: "unreachable"; readonly why: string }
  | { readonly kind: "uncertain"; readonly why: string };

/** A way out of the server for letters. */
export interface MailTransport {
  readonly kind: "folder" | "smtp";
  /** The folder, or the mail server without user and password. */
  readonly place: string;
  deliver(letter: Letter, at: number): Promise<Delivery>;
  /** Called when there is nothing more to deliver for now. */
  rest(): void;
  /** Takes away what it still holds of these messages. */
  forget(ids: readonly string[]): Promise<void>;
  /** Takes away what it still holds from before a time. */
  forgetBefore(time: number): Promise<void>;
}

/** The bytes of a letter: plain text and HTML, lines as mail wants them. */
export function lettersBytes(letter: Letter, at: number): Promise<Buffer> {
  const { from, replyTo, to, messageId, subject, text, html, headers } = letter;
  const mail = { from, replyTo, to, messageId, subject, text, html, headers, date: new Date(at) };
  // Programs that answer mail by themselves leave such a message alone (RFC 3834).
  const marked = { ...headers, "Auto-Submitted": "auto-generated" };
  return new MailComposer({ ...mail, headers: marked, newline: "\r\n" }).compile().build();
}

/** An error's own words without anything that looks like an e-mail address: mail servers repeat the recipient's. */
export function withoutAddresses(text: string): string {
  return text
    .replace(/[^\s<>()"',;:]+@[^\s<>()"',;:]+/g, "…")
    .replace(/\s+/g, " ")
    .slice(0, 300);
}
