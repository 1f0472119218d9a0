import type { Language } from "@longwave/api";
import type { Protocol } from "@longwave/study";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { READY } from "../../preview/message.ts";
import { writing } from "../text/writing.ts";
import { previewOf } from "./preview-state.ts";

/** The participant's own page in a frame the size of a phone; it takes every answer and keeps none. */
export function Phone({ protocol }: { readonly protocol: Protocol }): JSX.Element {
  const [part, setPart] = useState<string>("consent");
  const [language, setLanguage] = useState<Language>("en");
  const [turn, setTurn] = useState(0);
  const shown = protocol.waves.some(({ id }) => id === part) ? part : "consent";
  const spoken = protocol.languages.includes(language) ? language : (protocol.languages[0] ?? "en");
  const frame = useFrame(protocol, { part: shown, language: spoken, turn });
  return (
    <section aria-labelledby="phone-title" class="phone-side">
      <h2 id="phone-title">{writing.preview}</h2>
      <div class="phone-choices">
        <label class="field">
          <span>{writing.part}</span>
          <select value={shown} onChange={(event) => setPart(event.currentTarget.value)}>
            <option value="consent">{writing.fromConsent}</option>
            {protocol.waves.map(({ id, label }) => (
              <option key={id} value={id}>
                {label.en}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{writing.language}</span>
          <select value={spoken} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
            {protocol.languages.map((each) => (
              <option key={each} value={each}>
                {writing.languages[each]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="btn quiet" onClick={() => setTurn((before) => before + 1)}>
          {writing.again}
        </button>
      </div>
      <div class="phone">
        <iframe ref={frame} title={writing.previewTitle} src="/console/preview/index.html" />
      </div>
      <p class="soft small">{writing.previewSaves}</p>
    </section>
  );
}

interface Shown {
  readonly part: string;
  readonly language: Language;
  readonly turn: number;
}

/** Tells the frame what to show: when it is ready, and whenever that changes. */
function useFrame(protocol: Protocol, { part, language, turn }: Shown) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const show = (): void => {
      const message = previewOf(protocol, { part, language }, Date.now());
      frame.current?.contentWindow?.postMessage(message, location.origin);
    };
    const listen = ({ source, data }: MessageEvent): void => {
      if (source === frame.current?.contentWindow && data === READY) show();
    };
    show();
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [protocol, part, language, turn]);
  return frame;
}
