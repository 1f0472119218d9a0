import { defineConfig } from "vitest/config";

const conditions = ["@longwave/source", "node"];

/** Packages without a clock, files or state of their own. */
const pure = ["stats", "study", "figure", "findings", "api", "picture"];

const common = {
  setupFiles: [],
  // Test files share loaded modules, which halves the loading: a module keeps nothing that one test could leave to another.
  isolate: false,
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
