import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Preregistration } from "@longwave/findings";
import { expect, test } from "vitest";
import { longwave, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const protocol = join(root, "protocols/exercise-and-pain.yaml");

test("longwave plan export prints the plan in the order of the OSF form, or writes it to a file", async () => {
  const printed = await longwave(folder, "plan", "export", protocol);
  expect([printed.code, printed.stderr]).toEqual([0, ""]);
  const titles = Array.from(printed.stdout.matchAll(/^## (.*)$/gm), ([, title]) => title);
  const order = ["Study Information", "Design Plan", "Sampling Plan", "Variables", "Analysis Plan", "Other"];
  expect(titles).toEqual(order);
  const written = await longwave(folder, "plan", "export", protocol, "--out", "plan.md");
  expect([written.code, written.stdout]).toEqual([0, ""]);
  expect(readFileSync(join(folder, "plan.md"), "utf8")).toBe(printed.stdout);
});

test("longwave plan export --format json says the same for programs", async () => {
  const ran = await longwave(folder, "plan", "export", protocol, "--format", "json");
  const form = JSON.parse(ran.stdout) as Preregistration;
  expect(form.format).toBe("longwave.preregistration/1");
  expect(form.sections).toHaveLength(6);
});

test("longwave plan export of a file that is no bundle says what a bundle is", async () => {
  writeFileSync(join(folder, "other.json"), "{}");
  const ran = await longwave(folder, "plan", "export", "other.json");
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("Expected a sealed bundle");
});

test("longwave plan refuses another action, and says what to write", async () => {
  const ran = await longwave(folder, "plan", "exprt", protocol);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("longwave plan export PROTOCOL");
});
