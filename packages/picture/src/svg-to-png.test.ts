import { expect, test } from "vitest";
import { svgToPng } from "./svg-to-png.ts";

const drawing = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" width="200" height="40">` +
  `<rect width="200" height="40" fill="#ffffff"/>${inner}</svg>`;

const words = (text: string, attributes = ""): string =>
  drawing(`<text x="4" y="28" font-size="20" ${attributes}>${text}</text>`);

test("the picture is a PNG with two pixels for each unit of the drawing", async () => {
  const { width, height, signature } = header(await svgToPng(drawing("")));
  expect(signature).toBe("89504e470d0a1a0a");
  expect([width, height]).toEqual([400, 80]);
});

test("a picture can be asked for at its own size", async () => {
  const { width, height } = header(await svgToPng(drawing(""), { scale: 1 }));
  expect([width, height]).toEqual([200, 40]);
});

test("words are drawn, whatever family they ask for", async () => {
  const empty = await svgToPng(drawing(""));
  for (const family of ["'Source Sans 3'", "Literata, serif", "Nowhere, sans-serif", "Nowhere"])
    expect((await svgToPng(words("ærø", `font-family="${family}"`))).length, family).toBeGreaterThan(
      empty.length + 300,
    );
});

test.each(["→", "←", "↑", "−", "–", "≥", "·", "×", "æ", "Ø", "τ", "ж"])(
  "the letters hold %s",
  async (sign) => {
    const nothing = await svgToPng(words("\u{10ffff}"));
    expect(await svgToPng(words(sign))).not.toEqual(nothing);
  },
);

test("a heavier weight gives other letters", async () => {
  const regular = await svgToPng(words("Exercise"));
  const heavy = await svgToPng(words("Exercise", 'font-weight="650"'));
  expect(heavy).not.toEqual(regular);
});

test("the same drawing gives the same bytes", async () => {
  expect(await svgToPng(words("0.12"))).toEqual(await svgToPng(words("0.12")));
});

test("text that is no drawing is refused", async () => {
  await expect(svgToPng("<p>not a drawing</p>")).rejects.toThrow();
});

/** The first bytes of a PNG file: its signature and the size in its header (PNG specification, 5.2 and 11.2.2). */
function header(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset);
  return {
    signature: Buffer.from(png.subarray(0, 8)).toString("hex"),
    width: view.getUint32(16),
    height: view.getUint32(20),
  };
}
