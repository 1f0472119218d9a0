/** A puzzle of the server: find a number with which its hash begins with so many zero bits. */
interface Puzzle {
  readonly challenge: string;
  readonly bits: number;
}

async function isSolution(
  { challenge, bits }: Puzzle,
  solution: number,
  crypto: SubtleCrypto,
): Promise<boolean> {
  const bytes = new TextEncoder().encode(`${challenge}:${solution}`);
  const digest = new DataView(await crypto.digest("SHA-256", bytes));
  return digest.getUint32(0) >>> (32 - bits) === 0;
}

/** The smallest number that solves a puzzle: some thousand tries for 12 bits. */
async function solve(puzzle: Puzzle, crypto: SubtleCrypto): Promise<number> {
  for (let solution = 0; ; solution++) if (await isSolution(puzzle, solution, crypto)) return solution;
}

/**
 * Solves the puzzle of the comment form as soon as someone begins to write in it, so that it is not held back as a
 * machine's. Without this script the form works as well; a person then reads the comment first.
 */
export function solvePuzzle(page: Document, crypto: SubtleCrypto | undefined): void {
  const form = page.querySelector<HTMLFormElement>("form[data-challenge]");
  const target = form?.querySelector<HTMLInputElement>('input[name="solution"]');
  if (!form || !target || crypto === undefined) return;
  const begin = (): void => {
    const puzzle = { challenge: form.dataset.challenge ?? "", bits: Number(form.dataset.bits ?? 0) };
    void solve(puzzle, crypto).then((solution) => {
      target.value = String(solution);
    });
  };
  form.addEventListener("focusin", begin, { once: true });
}
