import { expect, test } from "vitest";
import { createPictures } from "./pictures.ts";

const drawing = (fill: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4" width="4" height="4"><rect width="4" height="4" fill="${fill}"/></svg>`;

test("a picture is drawn once for each name, as long as few others are asked for", async () => {
  const pictures = createPictures();
  const first = await pictures.of("a", drawing("#000000"));
  expect(await pictures.of("a", drawing("#000000"))).toBe(first);
  expect(await pictures.of("b", drawing("#ffffff"))).not.toEqual(first);
});

test("the oldest picture makes room when many are kept, and can be drawn again", async () => {
  const pictures = createPictures();
  const first = await pictures.of("0", drawing("#000000"));
  for (let index = 1; index <= 200; index++) await pictures.of(String(index), drawing("#ffffff"));
  const again = await pictures.of("0", drawing("#000000"));
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});
