import type { Dataset } from "@longwave/study";
import { expect, test } from "vitest";
import { readDataColumns } from "./data-columns.ts";
import { datasetSource } from "./dataset-source.ts";

const dataset = {
  protocol: { id: "exercise-and-pain", version: "1.0.0", hash: "" },
  personWave: {
    name: "person_wave",
    nrows: 3,
    columns: [
      { name: "id", kind: "text", values: ["b", "a", "a"] },
      { name: "wave", kind: "number", values: [1, 1, 2] },
      { name: "pain_vrs", kind: "number", values: [2, null, 4], missing: [null, "skipped", null] },
    ],
  },
} as unknown as Dataset;

test("a dataset's person-wave table is a source: rows in order, missing answers missing", async () => {
  const source = datasetSource(dataset);
  const { table } = await source.fitData({ columns: ["id", "pain_vrs"] });
  expect(table.columns.id).toMatchObject({ levels: ["a", "b"], codes: Int32Array.of(1, 0, 0) });
  expect(table.columns.pain_vrs).toMatchObject({ missing: Uint8Array.of(0, 1, 0) });
  expect((await source.describe()).columns[2]).toEqual({ name: "pain_vrs", kind: "number", missing: 1 });
});

test("a dataset source keeps the rows of where and names the nearest column", async () => {
  const source = datasetSource(dataset);
  const { table } = await source.fitData({ columns: ["pain_vrs"], where: "wave == 1" });
  expect(table.nrows).toBe(2);
  await expect(source.fitData({ columns: ["pain"] })).rejects.toThrow("exercise-and-pain");
});

test("its columns can be read back as plain values", async () => {
  const columns = await readDataColumns(datasetSource(dataset));
  expect(columns[2]).toEqual({ name: "pain_vrs", kind: "number", values: [2, null, 4] });
});
