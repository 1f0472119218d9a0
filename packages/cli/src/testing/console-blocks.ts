/** A command shown in a page, with the output shown under it. */
export interface ConsoleBlock {
  /** As it stands in the page, and on one line. */
  readonly typed: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly output: string;
}

/** The ```console blocks of a Markdown page: a line `$ longwave …` (continued after `\`), then its output. */
export function consoleBlocks(markdown: string): readonly ConsoleBlock[] {
  return Array.from(
    markdown.matchAll(/^```console\n\$ ((?:.*\\\n)*.*)\n([\s\S]*?)^```$/gm),
    ([, typed = "", output = ""]) => {
      const command = typed.replace(/\\\n\s*/g, "");
      return { typed, command, args: splitWords(command).slice(1), output };
    },
  );
}

/** Splits a command line as a shell would, with '…' and "…" but nothing cleverer. */
function splitWords(line: string): readonly string[] {
  return Array.from(line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g), ([, double, single, bare]) => {
    return double ?? single ?? bare ?? "";
  });
}
