/**
 * A sum of products of atoms: coefficients by monomial. A monomial is its atoms, sorted and joined by "*"; the
 * constant is the empty text. An atom is "a3" for one value a person, "a3@1" for the value at the second wave.
 */
export type Polynomial = ReadonlyMap<string, number>;

/** A number. */
export function constant(value: number): Polynomial {
  return new Map(value === 0 ? [] : [["", value]]);
}

/** One atom. */
export function atom(name: string, coefficient = 1): Polynomial {
  return new Map([[name, coefficient]]);
}

/** The sum, without monomials whose coefficients cancel. */
export function sum(terms: readonly Polynomial[]): Polynomial {
  const all = new Map<string, number>();
  for (const term of terms) {
    for (const [monomial, coefficient] of term) {
      const total = (all.get(monomial) ?? 0) + coefficient;
      if (total === 0) all.delete(monomial);
      else all.set(monomial, total);
    }
  }
  return all;
}

/** The sum of two. */
export function add(left: Polynomial, right: Polynomial): Polynomial {
  return sum([left, right]);
}

/** Every coefficient times a number. */
export function scaled(polynomial: Polynomial, factor: number): Polynomial {
  return new Map([...polynomial].map(([monomial, coefficient]) => [monomial, coefficient * factor]));
}

function multiplyMonomials(left: string, right: string): string {
  if (left === "") return right;
  if (right === "") return left;
  return [...left.split("*"), ...right.split("*")].sort().join("*");
}

/** The product. */
export function multiply(left: Polynomial, right: Polynomial): Polynomial {
  const terms: Polynomial[] = [];
  for (const [a, x] of left) {
    for (const [b, y] of right) terms.push(new Map([[multiplyMonomials(a, b), x * y]]));
  }
  return sum(terms);
}
