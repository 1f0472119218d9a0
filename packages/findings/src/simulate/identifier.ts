import type { Random } from "@longwave/stats";

const WORD = 2 ** 32;

function hex(random: Random): string {
  return Math.floor(random.uniform() * WORD)
    .toString(16)
    .padStart(8, "0");
}

/** An identifier shaped like a random UUID (version 4), drawn from the seed: the same seed, the same name. */
export function drawIdentifier(random: Random): string {
  const [a, b, c, d] = [hex(random), hex(random), hex(random), hex(random)];
  const variant = (8 + (Number.parseInt(c.slice(0, 1), 16) % 4)).toString(16);
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}
