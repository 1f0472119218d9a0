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
export function add(left: Polynomial, right: Polynomial): Polynomial {
  const sum = new Map(left);
  for (const [monomial, coefficient] of right) {
    const total = (sum.get(monomial) ?? 0) + coefficient;
    if (total === 0) sum.delete(monomial);
    else sum.set(monomial, total);
  }
  return sum;
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
  let product: Polynomial = new Map();
  for (const [a, x] of left) {
    for (const [b, y] of right) product = add(product, new Map([[multiplyMonomials(a, b), x * y]]));
  }
  return product;
}
