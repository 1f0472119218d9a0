import { randomInt } from "node:crypto";
import { createInterface } from "node:readline";
import type { Io, Output } from "./io.ts";
import { readableWidth, wrapSentences } from "./output/wrap.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** The real world: this process's streams, folder, environment, clock and signals. */
export function processIo(): Io {
  return {
    stdout: readable(quietWhenClosed(process.stdout)),
    stderr: readable(quietWhenClosed(process.stderr)),
    cwd: ".",
    env: process.env,
    prompt: process.stdin.isTTY === true ? prompt : undefined,
    now: () => performance.now(),
    chance: { integer: (below) => randomInt(below) },
    holdInterrupts,
    untilInterrupted,
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
  return { isTTY: true, write: (text) => stream.write(wrapSentences(text, readableWidth(stream.columns))) };
}

function holdInterrupts<T>(work: () => T): T {
  const ignore = () => {};
  for (const signal of SIGNALS) process.on(signal, ignore);
  try {
    return work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, ignore);
  }
}

/** Only the first signal is waited for: a second one ends the process at once. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
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
