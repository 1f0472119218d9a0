import type { JSX } from "preact";
import type { Words } from "../../text/index.ts";
import type { BodySide, Box } from "./areas.ts";
import { back, front, size } from "./areas.ts";

interface BodyMapProps {
  readonly words: Words;
  readonly chosen: readonly (string | number)[];
  readonly onToggle: (area: string) => void;
}

/**
 * The body from both sides, to tap. Readers and keyboards have the list under it, which says and does the same; so the
 * drawing itself is kept from them, and nothing is asked twice.
 */
export function BodyMap({ words, chosen, onToggle }: BodyMapProps): JSX.Element {
  const { question } = words;
  return (
    <div class="body-map" aria-hidden="true">
      <p class="soft hint-line">{question.bodyHint}</p>
      <div class="body-sides">
        <Side name={question.bodyFront} side={front} chosen={chosen} onToggle={onToggle} />
        <Side name={question.bodyBack} side={back} chosen={chosen} onToggle={onToggle} />
      </div>
    </div>
  );
}

function Side(props: {
  readonly name: string;
  readonly side: BodySide;
  readonly chosen: readonly (string | number)[];
  readonly onToggle: (area: string) => void;
}): JSX.Element {
  const { name, side, chosen, onToggle } = props;
  return (
    <figure>
      <svg viewBox={`0 0 ${size.width} ${size.height}`}>
        <title>{name}</title>
        {side.outline.map((box) => (
          <Area key={box.join(" ")} box={box} name="outline" />
        ))}
        {Object.entries(side.areas).map(([area, box]) => (
          <Area
            key={area}
            box={box}
            name={chosen.includes(area) ? "area on" : "area"}
            onTap={() => onToggle(area)}
          />
        ))}
      </svg>
      <figcaption class="soft small">{name}</figcaption>
    </figure>
  );
}

function Area(props: { readonly box: Box; readonly name: string; readonly onTap?: () => void }): JSX.Element {
  const [x, y, width, height] = props.box;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list under the drawing is its equal for keys and readers
    <rect
      class={props.name}
      x={x}
      y={y}
      width={width}
      height={height}
      rx={Math.min(width, height) / 2.6}
      onClick={props.onTap}
    />
  );
}
