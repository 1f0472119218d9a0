import { join } from "node:path";
import { root } from "./run.mjs";

/** Packages of many small modules that every command loads, and their doors. */
const packages = [
  { name: "stats", doors: ["index", "from-sums"] },
  { name: "source", doors: ["index"] },
];

/** Puts the compiled modules of these packages into few files (dist/whole): loading hundreds takes longer than most fits. */
export async function bundlePackages() {
  const { build } = await import("vite"); // not before it is installed
  for (const { name, doors } of packages) {
    const dist = join(root, "packages", name, "dist");
    await build({
      root: join(root, "packages", name),
      configFile: false,
      logLevel: "error",
      build: {
        ...{ outDir: join(dist, "whole"), emptyOutDir: true, target: "node20", minify: false },
        lib: {
          entry: Object.fromEntries(doors.map((door) => [door, join(dist, `${door}.js`)])),
          formats: ["es"],
        },
        rollupOptions: {
          external: (id) => /^[@a-z]/.test(id),
          output: { chunkFileNames: "[name].js", entryFileNames: "[name].js" },
        },
      },
    });
  }
}
