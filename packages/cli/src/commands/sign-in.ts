import { existsSync } from "node:fs";
import { HELP_OPTION, readArguments } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { dataFolder, openServer, STORE_OPTIONS } from "../store.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "sign-in",
  summary: SUMMARIES["sign-in"],
  arguments: [],
  options: [
    { name: "email", value: "ADDRESS", help: "who signs in (the first member of staff)" },
    { name: "forget-second-factor", help: "for somebody who has lost their phone and their recovery codes" },
    ...STORE_OPTIONS,
    HELP_OPTION,
  ],
  notes: ["The server may be running or stopped; --data names its store, --port and --url its address."],
  examples: [
    { line: "longwave sign-in", what: "a link for the server on this machine" },
    {
      line: "longwave sign-in --email ola@example.org --url https://study.example.org",
      what: "for a colleague",
    },
  ],
};

/** `longwave sign-in`: a one-time link, printed and nowhere kept. */
export const signIn: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const folder = dataFolder(io, typed);
  if (!existsSync(folder)) {
    throw new CliError(
      "cli.no-file",
      `Expected a store in ${folder}; there is none. Start it once with "longwave serve", or name its folder with --data.`,
    );
  }
  const server = await openServer(io, typed, { demonstration: null });
  try {
    const email = typed.text("email");
    if (typed.has("forget-second-factor")) await server.forgetSecondFactor(whoseFactor(email));
    io.stdout.write(`${await server.signInLink(email)}\n`);
  } finally {
    await server.close();
  }
}

/** Forgetting is never a default: it takes the address of the person who asked for it. */
function whoseFactor(email: string | undefined): string {
  if (email !== undefined) return email;
  throw new CliError(
    "cli.missing-argument",
    "Expected --email ADDRESS with --forget-second-factor; found none. Name the person who has lost their second factor.",
  );
}
