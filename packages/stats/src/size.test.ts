import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
// biome-ignore lint/correctness/noUndeclaredDependencies: a tool of the house, declared once at its root
import { build } from "vite";
import { expect, test } from "vitest";

const front = fileURLToPath(new URL("./index.ts", import.meta.url));

/** Bytes of what a page would load for these names of the package: bundled, minified, gzipped. */
async function gzippedSize(names: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "longwave-size-"));
  try {
    const entry = join(folder, "entry.ts");
    writeFileSync(entry, `export ${names} from ${JSON.stringify(front)};\n`);
    const output = { entryFileNames: "all.js", codeSplitting: false, minify: true } as const;
    const built = await build({
      root: folder,
      configFile: false,
      logLevel: "silent",
      build: {
        write: false,
        target: "es2022",
        reportCompressedSize: false,
        rolldownOptions: { input: entry, preserveEntrySignatures: "strict", output },
      },
    });
    return gzippedOf(built);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function gzippedOf(built: Awaited<ReturnType<typeof build>>): number {
  const [bundle] = Array.isArray(built) ? built : [built];
  if (bundle === undefined || !("output" in bundle)) throw new Error("Expected a bundle; found a watcher.");
  const code = bundle.output.map((part) => ("code" in part ? part.code : "")).join("");
  return gzipSync(code, { level: 9 }).length;
}

test.each([
  ["the mixed models", "{ createTable, lmm, coefTable }", 60],
  ["the lagged panel model", "{ createTable, riclpm }", 60],
  ["the whole package, with its special functions,", "*", 150],
])("%s fit for a page: %s is within %i kB gzipped", { timeout: 60_000 }, async (_, names, most) => {
  expect((await gzippedSize(names)) / 1000).toBeLessThan(most);
});
