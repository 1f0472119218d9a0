import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { answer } from "../text/en.ts";

/** What was expected, what was found, what to do; the file and the choices stay. */
export function Problem({ message }: { readonly message: string }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div class="trouble" role="alert" ref={box}>
      <p>
        <b>{answer.problem}</b> {message}
      </p>
    </div>
  );
}
