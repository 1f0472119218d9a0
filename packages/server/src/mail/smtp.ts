import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { MailRoute } from "./route.ts";
import { isThisMachine } from "./route.ts";
import type { Delivery, Letter, MailTransport } from "./transport.ts";
import { lettersBytes, withoutAddresses } from "./transport.ts";

const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;
const LETTERS_A_CONNECTION = 100;

type Failure = Error & { readonly responseCode?: number | undefined; readonly code?: string | undefined };

/** An open conversation with the mail server, and how many letters have gone over it. */
interface Line {
  readonly connection: SMTPConnection;
  letters: number;
  broken: boolean;
  /** Told when the conversation breaks off. */
  onBreak: (error: Failure) => void;
}

/**
 * The transport that hands letters to a mail server. One connection is kept while there are letters to deliver.
 * A password never travels without TLS, except to this machine.
 */
export function smtpTransport(route: MailRoute): MailTransport {
  let line: Line | undefined;
  const hangUp = (): void => {
    if (line?.broken) line.connection.close();
    else line?.connection.quit();
    line = undefined;
  };
  return {
    kind: "smtp",
    place: `${route.host}:${route.port}`,
    async deliver(letter, at) {
      const bytes = await lettersBytes(letter, at);
      if (line && (line.broken || line.letters >= LETTERS_A_CONNECTION)) hangUp();
      try {
        line ??= await openLine(route);
      } catch (error) {
        return { kind: "unreachable", why: wordsOf(error, route) };
      }
      line.letters += 1;
      const delivery = await send(line, letter, bytes);
      if (delivery.kind !== "sent") hangUp();
      return "why" in delivery ? { ...delivery, why: wordsOf(delivery.why, route) } : delivery;
    },
    rest: hangUp,
    forget: async () => undefined,
    forgetBefore: async () => undefined,
  };
}

function openLine(route: MailRoute): Promise<Line> {
  const { host, port, secure, user, password } = route;
  const connection = new SMTPConnection({
    host,
    port,
    secure,
    requireTLS: !secure && user !== undefined && !isThisMachine(host),
    ...(isThisMachine(host) ? { ignoreTLS: true, allowInternalNetworkInterfaces: true } : {}),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  return new Promise((resolve, reject) => {
    const line: Line = { connection, letters: 0, broken: false, onBreak: reject };
    const fail = (error: Failure): void => {
      line.broken = true;
      line.onBreak(error); // first: closing says "end", which knows less
      connection.close();
    };
    connection.on("error", fail); // stays: without a listener a later error would end the process
    connection.on("end", () => fail(new Error("the mail server closed the connection")));
    connection.connect((error) => {
      if (error) return fail(error);
      if (user === undefined) return resolve(line);
      return connection.login({ user, pass: password ?? "" }, (refused) =>
        refused ? fail(refused) : resolve(line),
      );
    });
  });
}

/**
 * Sends one letter. Its bytes are asked for only after the mail server has said that it waits for them: as long as
 * nobody has asked, the letter cannot have been delivered.
 */
function send(line: Line, letter: Letter, bytes: Buffer): Promise<Delivery> {
  let begun = false;
  const body = new Readable({
    read() {
      begun = true;
      this.push(bytes);
      this.push(null);
    },
  });
  return new Promise((resolve) => {
    line.onBreak = (error) => resolve(judge(error, begun));
    const envelope = { from: letter.from.address, to: [letter.to], size: bytes.length };
    line.connection.send(envelope, body, (error: Failure | null) =>
      resolve(error ? judge(error, begun) : { kind: "sent" }),
    );
  });
}

/** After the bytes have gone out, only the mail server's own answer to them can say that they were not taken. */
function judge(error: Failure, begun: boolean): Delivery {
  const { responseCode, code, message: why } = error;
  const answered = typeof responseCode === "number";
  if (begun && !(answered && code === "EMESSAGE")) return { kind: "uncertain", why };
  if (answered && responseCode >= 500) return { kind: "refused", why };
  if (answered && responseCode !== 421) return { kind: "later", why };
  return code === "EENVELOPE" && !answered ? { kind: "refused", why } : { kind: "unreachable", why };
}

/** What went wrong, without addresses, user or password. */
function wordsOf(error: unknown, { user, password }: MailRoute): string {
  const secrets = [user, password].flatMap((secret) => (secret ? [secret] : []));
  const words = error instanceof Error ? error.message : String(error);
  return withoutAddresses(secrets.reduce((text, secret) => text.replaceAll(secret, "…"), words));
}
