import { existsSync, readdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import type { ServerOptions } from "@longwave/server";
import { HELP_OPTION, readArguments, type Typed, wholeNumber } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { dataFolder, MAIL_OPTION, mailOptions, openServer, STORE_OPTIONS } from "../store.ts";
import { SUMMARIES } from "../summaries.ts";

/** The protocol of the demonstration, beside the packages in a clone. */
const DEMONSTRATION = new URL("../../../../protocols/exercise-and-pain.yaml", import.meta.url);

/** Study texts to begin from, beside the packages in a clone. */
const TEMPLATES = new URL("../../../../protocols/templates/", import.meta.url);

const description: CommandDescription = {
  name: "serve",
  summary: SUMMARIES.serve,
  arguments: [],
  options: [
    ...STORE_OPTIONS,
    { name: "host", value: "ADDRESS", help: "network address to listen on (127.0.0.1: this machine only)" },
    MAIL_OPTION,
    {
      name: "health-port",
      value: "N",
      help: "also answer /health and /metrics (Prometheus) on this port, to this machine only",
    },
    {
      name: "json-log",
      help: "write a line of JSON for every request and every note, and nothing else: for programs that read logs",
    },
    { name: "demo", help: "fill an empty store with the two demonstration studies (done unless --no-demo)" },
    { name: "no-demo", help: "leave an empty store empty" },
    HELP_OPTION,
  ],
  notes: [
    "Names, addresses and answers are sealed with a key for each person, and those keys with the master key, a file made at the first start. Keep a copy of it apart from the data folder: without it nothing personal can be read. The environment's LONGWAVE_MASTER_KEY does what --master-key does.",
    "With DATABASE_URL=postgres://… in the environment the store is that PostgreSQL database, with the keys of people in its schema longwave_keys; the key files stay where they are. Ctrl-C stops the server once the answers under way are stored.",
    "A line of --json-log has time, kind (request, note, address or audit), and for a request method, route, status and ms. The route is the pattern of the address, such as /api/studies/:study/people: no line holds a name, an address, an id, a link, or what somebody searched for. The lines of kind audit say where each chain of the audit ends, at the start and every hour in which it has grown: keep the log on another machine, and longwave audit verify --kept compares.",
    "Mail: the environment's LONGWAVE_MAIL does what --mail does. Leave the password to LONGWAVE_MAIL_PASSWORD, since others on the machine can see what was typed. LONGWAVE_MAIL_FROM is the address to send from when the mail server does not allow the study's own.",
  ],
  examples: [
    { line: "longwave serve", what: "on http://localhost:4040, with the demonstration" },
    { line: "longwave serve --no-demo --data /srv/longwave --port 8080", what: "a study of one's own" },
  ],
};

/** `longwave serve`: the server, until it is told to stop. */
export const serve: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const host = typed.text("host");
  const first = isNew(dataFolder(io, typed));
  const server = await openServer(io, typed, {
    ...(host === undefined ? {} : { host }),
    demonstration: await demonstration(typed),
    templates: await templates(),
    mail: mailOptions(io, typed),
    ...healthPort(typed),
    ...logs(io, typed),
  });
  try {
    const { url } = await server.listen().catch((error: unknown) => {
      throw portError(error, typed);
    });
    const interrupted = io.interrupts.wait(); // before anyone can see that the server is up
    // A sign-in link has no place in a log.
    if (typed.has("json-log")) io.stdout.write(jsonLine(Date.now(), { kind: "address", url }));
    else io.stdout.write(doors(url.replace(/\/$/, ""), first ? await server.signInLink() : undefined));
    await interrupted;
  } finally {
    await server.close();
  }
  if (typed.has("json-log")) io.stdout.write(jsonLine(Date.now(), { kind: "note", text: "Stopped." }));
  else io.stdout.write("Stopped.\n");
}

function logs(io: Io, typed: Typed): Pick<ServerOptions, "log" | "onRequest" | "onAudit"> {
  if (!typed.has("json-log")) return { log: (line) => io.stdout.write(`${line}\n`) };
  return {
    log: (text) => io.stdout.write(jsonLine(Date.now(), { kind: "note", text })),
    onAudit: (head) => io.stdout.write(jsonLine(Date.now(), { kind: "audit", ...head })),
    onRequest: ({ at, ...line }) => io.stdout.write(jsonLine(at, { kind: "request", ...line })),
  };
}

function jsonLine(at: number, line: Readonly<Record<string, string | number>>): string {
  return `${JSON.stringify({ time: new Date(at).toISOString(), ...line })}\n`;
}

function healthPort(typed: Typed): { readonly healthPort?: number } {
  if (typed.text("health-port") === undefined) return {};
  return { healthPort: wholeNumber(typed, "health-port", { least: 0, most: 65_535, fallback: 0 }) };
}

async function demonstration(typed: Typed): Promise<{ protocolText: string } | null> {
  if (typed.has("no-demo")) return null;
  const protocolText = await readFile(DEMONSTRATION, "utf8").catch(() => undefined);
  return protocolText === undefined ? null : { protocolText };
}

/** The templates of studies, in the order of their names; none where the folder is not. */
async function templates(): Promise<readonly string[]> {
  const names = await readdir(TEMPLATES).catch(() => []);
  const texts = names.filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(texts.map((name) => readFile(new URL(name, TEMPLATES), "utf8")));
}

function doors(base: string, signInLink: string | undefined): string {
  return [
    `Longwave is at ${base}`,
    "",
    `  read the findings   ${base}/findings`,
    `  take part           ${base}/p/`,
    `  run the study       ${base}/console/`,
    "",
    signInLink === undefined
      ? 'For a sign-in link: "longwave sign-in" (in a clone: "npm exec -- longwave sign-in"). Stop: Ctrl-C.'
      : `Sign in to run the study with this link; it works once:\n  ${signInLink}\nAnother one: longwave sign-in. Stop: Ctrl-C.`,
    "",
  ].join("\n");
}

/** A store that is not there yet, or an empty folder made for it. */
function isNew(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

function portError(error: unknown, typed: Typed): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const port = typed.text("port") ?? "4040";
  if (code === "EADDRINUSE") {
    return new CliError(
      "cli.port-in-use",
      `Expected port ${port} to be free; another program listens on it. Stop that one, or choose another: --port ${Number(port) + 1}.`,
    );
  }
  if (code !== "EACCES" && code !== "EADDRNOTAVAIL") return error;
  return new CliError(
    "cli.port-in-use",
    `Expected to be able to listen on port ${port}; the system refused (${code}). Choose a port above 1023 and an address of this machine.`,
  );
}
