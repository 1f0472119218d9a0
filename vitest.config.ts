import { defineConfig } from "vitest/config";

const conditions = ["@longwave/source", "node"];

/** Packages without a clock, files or state of their own: their tests share loaded modules, which halves the loading. */
const pure = ["stats", "study", "figure", "findings", "api", "picture"];

const common = {
  setupFiles: [],
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...common,
          name: "pure",
          include: pure.map((name) => `packages/${name}/src/**/*.test.ts`),
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: "with the world",
          include: [
            "packages/*/src/**/*.test.ts",
            "packages/*/src/**/*.test.tsx",
            "scripts/**/*.test.ts",
            "validation/**/*.test.ts",
          ],
          exclude: pure.map((name) => `packages/${name}/**`),
        },
      },
    ],
  },
});
