import { randomInt } from "node:crypto";
import { createInterface } from "node:readline";
import { processInterrupts } from "./interrupts.ts";
import type { Io, Output } from "./io.ts";
import { readableWidth, wrapSentences } from "./output/wrap.ts";
import { STOPPED } from "./run.ts";

/** The real world: this process's streams, folder, environment, clock and signals. */
export function processIo(): Io {
  const stderr = readable(quietWhenClosed(process.stderr));
  return {
    stdout: readable(quietWhenClosed(process.stdout)),
    stderr,
    cwd: ".",
    env: process.env,
    prompt: process.stdin.isTTY === true ? prompt : undefined,
    now: () => performance.now(),
    every(ms, work) {
      const timer = setInterval(work, ms).unref();
      return () => clearInterval(timer);
    },
    chance: { integer: (below) => randomInt(below) },
    interrupts: processInterrupts(() => stderr.write(`longwave: ${STOPPED}\n`)),
  };
}

/** `longwave fit … | head -1` closes our output early: that is no mistake and needs no message. */
function quietWhenClosed(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  stream.on("error", (error: { readonly code?: string }) => {
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });
  return stream;
}

/** In a terminal sentences are broken between words; what goes to a file or a pipe keeps a line for each. */
function readable(stream: NodeJS.WriteStream): Output {
  if (stream.isTTY !== true) return stream;
  return {
    isTTY: true,
    get columns() {
      return stream.columns;
    },
    write: (text) => stream.write(wrapSentences(text, readableWidth(stream.columns))),
  };
}

/** One line from the terminal; the end of the input (Ctrl-D) is an empty answer. */
function prompt(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    let answer = "";
    reader.on("close", () => resolve(answer));
    reader.question(question, (line) => {
      answer = line;
      reader.close();
    });
  });
}
