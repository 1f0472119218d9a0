export type { PictureOptions } from "./svg-to-png.ts";
export { svgToPng } from "./svg-to-png.ts";
