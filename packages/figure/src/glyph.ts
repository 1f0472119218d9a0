import { escapeXml } from "./svg.ts";

/** Heights of the logo's five dots, from 0 (foot) to 1 (top). */
const logoLevels = [0.27, 1, 0, 1, 0.64] as const;
const box = { width: 40, height: 20, margin: 2, top: 5, bottom: 16, foot: 19 } as const;

/**
 * Five places, a dot for each answer, joined only when both neighbours answered: our logo and the people table.
 *
 * @param answered  one entry per wave, in order; `false` is a gap, drawn as a short stroke at the foot.
 * @param alt  what the picture says; an empty text makes it decoration.
 * @param levels  height of each dot from 0 (foot) to 1 (top); the logo's own when absent.
 * @returns SVG text in the current text colour.
 */
export function fiveAnswerGlyph(
  answered: readonly boolean[],
  alt: string,
  levels: readonly number[] = logoLevels,
): string {
  const step = (box.width - 2 * box.margin) / Math.max(1, answered.length - 1);
  const places = answered.map((seen, index) => ({
    seen,
    x: round(box.margin + index * step),
    y: round(box.bottom - (box.bottom - box.top) * (levels[index % levels.length] ?? 0)),
  }));
  const joins = places.flatMap((place, index) => {
    const next = places[index + 1];
    return next?.seen && place.seen ? [`M${place.x} ${place.y}L${next.x} ${next.y}`] : [];
  });
  const line = `<path d="${joins.join("")}" fill="none" stroke="currentColor" stroke-width="1.75" opacity="0.6"/>`;
  const marks = places.map(({ seen, x, y }) =>
    seen
      ? `<circle cx="${x}" cy="${y}" r="2.6"/>`
      : `<path d="M${x - 2} ${box.foot}h4" stroke="currentColor" stroke-width="1.25"/>`,
  );
  const label = alt === "" ? `aria-hidden="true"` : `role="img" aria-label="${escapeXml(alt)}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box.width} ${box.height}" width="40" height="20" ${label}>` +
    `${joins.length > 0 ? line : ""}<g fill="currentColor">${marks.join("")}</g></svg>`
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
