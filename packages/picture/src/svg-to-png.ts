import { engine } from "./engine.ts";

export interface PictureOptions {
  /** Pixels for each unit of the drawing. Default 2, so that the picture is sharp on paper and on dense screens. */
  readonly scale?: number;
}

/**
 * The bytes of a PNG picture of an SVG drawing, with its words in Source Sans 3 and Literata.
 *
 * The drawing stands alone: colours written out (`standaloneSvg` of `figure` does it), no CSS variables, no images or
 * fonts fetched from elsewhere. Families that are neither of the two are drawn in Source Sans 3. The same text gives
 * the same bytes on every machine, as no letters of the system are used.
 *
 * @throws Error when the text is no SVG or has no size; our own drawings always are and have.
 */
export async function svgToPng(svg: string, options: PictureOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { scale = 2 } = options;
  const draw = await engine();
  return draw(svg.replace(WEIGHT, wholeHundreds), { mode: "zoom", value: scale });
}

const WEIGHT = /font-weight="(\d+)"/g;

/** The engine reads weights in whole hundreds and takes any other for 400. */
function wholeHundreds(_: string, weight: string): string {
  return `font-weight="${100 * Math.round(Number(weight) / 100)}"`;
}
