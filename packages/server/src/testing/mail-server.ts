import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A message as the mail server took it. */
interface ReceivedMail {
  readonly to: string;
  readonly messageId: string;
  readonly raw: string;
  /** The plain text part, decoded. */
  readonly text: string;
}

/** What the mail server does with the next messages. */
type Manner =
  | "take"
  | "refuse recipient"
  | "turn recipient away for now"
  | "refuse message"
  | "turn message away for now"
  | "hang up before message"
  | "hang up after message";

/** A real SMTP server on loopback that can be told to fail. */
export interface TestMailServer {
  readonly address: string;
  readonly received: ReceivedMail[];
  /** User and password of every conversation that gave them. */
  readonly signedIn: string[];
  manner: Manner;
  /** How long it thinks before it confirms a message. */
  delayMs: number;
  /** Stops listening, and listens again at the same address. */
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** Starts one on a free port. */
export async function startMailServer(): Promise<TestMailServer> {
  const state = { manner: "take" as Manner, delayMs: 0 };
  const received: ReceivedMail[] = [];
  const signedIn: string[] = [];
  const make = (): SMTPServer => makeServer(state, received, signedIn);
  let server = make();
  const port = await listen(server, 0);
  return {
    address: `smtp://127.0.0.1:${port}`,
    received,
    signedIn,
    get manner() {
      return state.manner;
    },
    set manner(manner) {
      state.manner = manner;
    },
    get delayMs() {
      return state.delayMs;
    },
    set delayMs(delayMs) {
      state.delayMs = delayMs;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
    async restart() {
      server = make();
      await listen(server, port);
    },
  };
}

function makeServer(
  state: { readonly manner: Manner; readonly delayMs: number },
  received: ReceivedMail[],
  signedIn: string[],
): SMTPServer {
  const server: SMTPServer = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 50,
    onAuth(auth, _session, done) {
      signedIn.push(`${auth.username}:${auth.password}`);
      if (auth.password === "wrong") return done(new Error("Invalid username or password"));
      return done(null, { user: auth.username ?? "" });
    },
    onRcptTo(address, _session, done) {
      if (state.manner === "refuse recipient") return done(coded(550, `<${address.address}>: user unknown`));
      if (state.manner === "turn recipient away for now")
        return done(coded(451, `<${address.address}>: try again later`));
      if (state.manner === "hang up before message") return hangUp(server);
      return done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (state.manner === "refuse message") return done(coded(554, "looks like spam"));
        if (state.manner === "turn message away for now") return done(coded(452, "no room now"));
        const to = session.envelope.rcptTo[0]?.address ?? "";
        received.push(read(Buffer.concat(chunks).toString("utf8"), to));
        if (state.manner === "hang up after message") return hangUp(server);
        setTimeout(() => done(), state.delayMs);
      });
    },
  });
  server.on("error", () => undefined); // a client that is killed breaks off in the middle
  return server;
}

function coded(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function hangUp(server: SMTPServer): void {
  for (const connection of server.connections) connection._socket.destroy();
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}

/** Reads what a test looks at out of a message. */
function read(raw: string, to: string): ReceivedMail {
  const messageId = /^message-id: (.+)$/im.exec(raw)?.[1]?.trim() ?? "";
  return { to, messageId, raw, text: plainText(raw) };
}

function plainText(raw: string): string {
  const part = /content-type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/i.exec(raw);
  const head = part?.[0].split("\r\n\r\n")[0] ?? "";
  const body = part?.[1] ?? "";
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
  if (!/transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
