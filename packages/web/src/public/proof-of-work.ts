/** Leading zero bits that the server asks for. */
const BITS = 12;

async function isSolution(challenge: string, solution: number, crypto: SubtleCrypto): Promise<boolean> {
  const bytes = new TextEncoder().encode(`${challenge}:${solution}`);
  const digest = new DataView(await crypto.digest("SHA-256", bytes));
  return digest.getUint32(0) >>> (32 - BITS) === 0;
}

/** The smallest number that solves a puzzle of the server: some thousand tries. */
export async function solve(challenge: string, crypto: SubtleCrypto): Promise<number> {
  for (let solution = 0; ; solution++) if (await isSolution(challenge, solution, crypto)) return solution;
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
    void solve(form.dataset.challenge ?? "", crypto).then((solution) => {
      target.value = String(solution);
    });
  };
  form.addEventListener("focusin", begin, { once: true });
}
