import { svgToPng } from "@longwave/picture";

/** Pictures already drawn, by a name that never stands for another drawing. */
export interface Pictures {
  /** The PNG of a drawing: drawn once for each name, and again only when many others were asked for since. */
  readonly of: (name: string, drawing: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/** About 100 kB each. */
const MOST_KEPT = 200;

/** An empty store of pictures: drawing one takes the server's time, so that no visitor may ask for it again and again. */
export function createPictures(): Pictures {
  const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    of(name, drawing) {
      const known = kept.get(name);
      if (known) return known;
      const picture = svgToPng(drawing);
      const [oldest] = kept.keys();
      if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      kept.set(name, picture);
      picture.catch(() => kept.delete(name));
      return picture;
    },
  };
}
