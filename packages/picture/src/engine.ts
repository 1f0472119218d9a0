import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg, type ResvgRenderOptions } from "@resvg/resvg-wasm";

/** Draws one SVG text as PNG bytes. */
export type Draw = (svg: string, fitTo: NonNullable<ResvgRenderOptions["fitTo"]>) => Uint8Array<ArrayBuffer>;

const WASM = "@resvg/resvg-wasm/index_bg.wasm";

/** Plain and heavy words, and titles: what our drawings use. Any other weight is drawn in the nearest of these. */
const FONTS: readonly string[] = [
  "@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf",
  "@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf",
  "@expo-google-fonts/literata/600SemiBold/Literata_600SemiBold.ttf",
];

const FAMILIES = {
  defaultFontFamily: "Source Sans 3",
  sansSerifFamily: "Source Sans 3",
  serifFamily: "Literata",
} as const;

let started: Promise<Draw> | undefined;

/** The rasteriser with its letters: read from disk at the first picture and kept, as it can be started once only. */
export function engine(): Promise<Draw> {
  started ??= start();
  return started;
}

async function start(): Promise<Draw> {
  const { resolve } = createRequire(import.meta.url);
  const read = (name: string): Promise<Uint8Array> => readFile(resolve(name));
  const fontBuffers = await Promise.all(FONTS.map(read));
  await initWasm(await readFile(resolve(WASM)));
  const font = { ...FAMILIES, fontBuffers, loadSystemFonts: false };
  return (svg, fitTo) => {
    const drawing = new Resvg(svg, { font, fitTo });
    try {
      return asBytes(drawing.render());
    } finally {
      drawing.free();
    }
  };
}

function asBytes(image: ReturnType<InstanceType<typeof Resvg>["render"]>): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(image.asPng());
  } finally {
    image.free();
  }
}
