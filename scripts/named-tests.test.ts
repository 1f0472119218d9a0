import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** The tests that a page names: a file, and after it one or more titles or parts of them. */
function namedIn(page: string): readonly { readonly file: string; readonly title: string }[] {
  const named = [];
  let file = "";
  for (const [, path, title] of read(page).matchAll(/`([\w./-]+\.test\.tsx?)`|“([^”]+)”/g)) {
    if (path !== undefined) file = path;
    else if (file !== "" && title !== undefined) named.push({ file, title });
  }
  return named;
}

test.each(["docs/security.md", "docs/promises.md"])("every test that %s names exists", (page) => {
  const named = namedIn(page);
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter(
    ({ file, title }) => !existsSync(join(root, file)) || !read(file).includes(title),
  );
  expect(missing).toEqual([]);
});
