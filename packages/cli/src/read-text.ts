import { readFile } from "node:fs/promises";
import { CliError } from "./errors.ts";
import { type Io, pathFrom } from "./io.ts";

/**
 * The text of a file named on the command line.
 *
 * @throws CliError `cli.no-file`
 */
export async function readTextFile(io: Io, path: string, what: string): Promise<string> {
  return readFile(pathFrom(io, path), "utf8").catch((error: { readonly code?: string }) => {
    const found = error.code === "EISDIR" ? `${path} is a folder` : `${path} cannot be read (${error.code})`;
    throw new CliError(
      "cli.no-file",
      `Expected ${what}; ${found}. Check the spelling and the folder you are in.`,
    );
  });
}
