import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname ?? "e2e",
    include: ["journeys/**/*.test.ts"],
    globalSetup: ["./start-server.ts"],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
});
