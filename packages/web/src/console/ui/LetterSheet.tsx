import type { Letter } from "@longwave/api";
import type { JSX } from "preact";
import { lettersPage } from "../text/letters.ts";
import { QrCode } from "./QrCode.tsx";

/** One letter as it is printed: for whom, what it asks, the square for the camera, and the code to type. */
export function LetterSheet({ letter }: { readonly letter: Letter }): JSX.Element {
  const { label, title, paragraphs, camera, typing, foot } = letter;
  return (
    <article class="letter" lang={letter.language}>
      <p class="letter-to">{label}</p>
      <h2>{title}</h2>
      {paragraphs.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <div class="letter-ways">
        <div>
          <p>{camera}</p>
          <QrCode text={letter.link} label={lettersPage.square(label)} />
        </div>
        <div>
          <p>{typing}</p>
          <p class="letter-code">{letter.code}</p>
        </div>
      </div>
      {foot.map((text) => (
        <p key={text} class="small">
          {text}
        </p>
      ))}
    </article>
  );
}
