import { existsSync, mkdirSync } from "node:fs";
import { publicCss } from "@longwave/figure/tokens";
import type { LongwaveServer, MailOptions, ServerOptions } from "@longwave/server";
import { type Typed, wholeNumber } from "./arguments.ts";
import type { OptionDescription } from "./command.ts";
import { CliError } from "./errors.ts";
import { type Io, pathFrom } from "./io.ts";
import { version } from "./version.ts";
import { findWebRoot } from "./web-root.ts";

const PORT = 4040;
const DATA = "longwave-data";

/** The option that names the master key. */
export const MASTER_KEY_OPTION: OptionDescription = {
  name: "master-key",
  value: "FILE",
  help: `the key without which nothing personal can be read (./${DATA}.key, beside the data folder)`,
};

/** The options of every command that opens the store. */
export const STORE_OPTIONS: readonly OptionDescription[] = [
  { name: "data", value: "FOLDER", help: `the store and its keys (./${DATA})` },
  MASTER_KEY_OPTION,
  { name: "port", value: "N", help: `port of the server (${PORT})` },
  { name: "url", value: "URL", help: "the address people use, when it is not http://localhost:PORT" },
];

/** The option that names the mail server. */
export const MAIL_OPTION: OptionDescription = {
  name: "mail",
  value: "URL",
  help: "mail server, such as smtp://user@mail.example.org:587; without one, messages are written into the folder outbox of the data folder",
};

/** How messages leave: by the option, or by the environment. */
export function mailOptions({ env }: Io, typed: Typed): MailOptions {
  const address = typed.text("mail") ?? env.LONGWAVE_MAIL;
  const { LONGWAVE_MAIL_PASSWORD: password, LONGWAVE_MAIL_FROM: from } = env;
  return {
    ...(address ? { address } : {}),
    ...(password ? { password } : {}),
    ...(from ? { from } : {}),
  };
}

/** Where the store is: the folder given, or ./longwave-data. */
export function dataFolder(io: Io, typed?: Typed): string {
  return pathFrom(io, typed?.text("data") ?? DATA);
}

/** Where the master key is, by the option or the environment; empty when it is beside the data folder. */
export function namedMasterKey(io: Io, typed?: Typed): { readonly masterKeyFile?: string } {
  const path = typed?.text("master-key") ?? io.env.LONGWAVE_MASTER_KEY;
  return path ? { masterKeyFile: pathFrom(io, path) } : {};
}

/** Which PostgreSQL database the environment names; empty when the store is SQLite in the data folder. */
function namedDatabase({ env }: Io): { readonly databaseUrl?: string } {
  return env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {};
}

/**
 * A store that is there already: a data folder, or the database that the environment names.
 *
 * @throws CliError `cli.no-file`
 */
export function existingStore(
  io: Io,
  typed: Typed,
): { readonly dataDir: string; readonly databaseUrl?: string } {
  const dataDir = dataFolder(io, typed);
  const database = namedDatabase(io);
  if (database.databaseUrl !== undefined || existsSync(dataDir)) return { dataDir, ...database };
  throw new CliError(
    "cli.no-file",
    `Expected a store in ${dataDir}; there is none. Name its folder with --data.`,
  );
}

/**
 * A server on the store that was asked for: SQLite in the data folder, or PostgreSQL when the environment
 * has DATABASE_URL. It is not listening yet.
 */
export async function openServer(
  io: Io,
  typed: Typed,
  more: Partial<ServerOptions> = {},
): Promise<LongwaveServer> {
  mustBeFolder(dataFolder(io, typed));
  const { createServer } = await import("@longwave/server"); // only now: help and mistakes need no server
  const url = typed.text("url");
  return createServer({
    dataDir: dataFolder(io, typed),
    webRoot: findWebRoot(),
    css: publicCss({ fontsPath: "/fonts" }),
    version: version(),
    port: wholeNumber(typed, "port", { least: 0, most: 65_535, fallback: PORT }),
    ...namedMasterKey(io, typed),
    ...(url === undefined ? {} : { publicUrl: url }),
    ...namedDatabase(io),
    ...more,
  });
}

function mustBeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : error;
    throw new CliError(
      "cli.not-writable",
      `Expected to be able to keep the store in ${folder}; the system refused (${reason}). Name another folder with --data.`,
    );
  }
}
