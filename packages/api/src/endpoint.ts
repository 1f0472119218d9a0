import type { ZodType } from "zod";
import type { ProblemCode } from "./problems.ts";
import type { Need } from "./rules.ts";

/** Who may call an endpoint: a person with a personal link, a signed-in member of staff, or anyone. */
export type Caller = "participant" | "staff" | "anyone";

/** What a reply holds besides its status. */
export type AnswerKind<Answer> =
  | { readonly kind: "json"; readonly status: 200 | 201; readonly schema: ZodType<Answer> }
  | { readonly kind: "none"; readonly status: 204 }
  | { readonly kind: "html"; readonly status: 200 }
  /** Bytes of a media type, to be saved. */
  | { readonly kind: "file"; readonly status: 200; readonly type: string };

interface Row<Path extends string, Body, Query, Answer> {
  readonly method: "GET" | "POST";
  readonly path: Path;
  readonly summary: string;
  readonly body?: ZodType<Body>;
  /** Bytes a body may have, when more than usual. */
  readonly largest?: number;
  readonly query?: ZodType<Query>;
  readonly answer: AnswerKind<Answer>;
  readonly problems: readonly ProblemCode[];
}

/** One row of the contract: a method and a path, what goes in, what comes out, what can go wrong; for staff, what it needs. */
export type Endpoint<Path extends string = string, Body = unknown, Query = unknown, Answer = unknown> =
  | (Row<Path, Body, Query, Answer> & { readonly who: Exclude<Caller, "staff"> })
  | (Row<Path, Body, Query, Answer> & { readonly who: "staff"; readonly needs: Need });

/** The names of the `:parameters` of a path, as an object type of texts. */
export type PathParameters<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? { readonly [K in Name]: string } & PathParameters<`/${Tail}`>
    : { readonly [K in Rest]: string }
  : unknown;
