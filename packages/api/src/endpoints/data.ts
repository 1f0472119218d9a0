import type { Endpoint } from "../endpoint.ts";

/** The rows of the contract for a study's own data. */
export interface DataEndpoints {
  readonly downloadData: Endpoint<"/api/studies/:study/data", unknown, unknown, Uint8Array>;
}

/** Endpoints of a study's own data. */
export const dataEndpoints: DataEndpoints = {
  downloadData: {
    who: "staff",
    needs: "releases.take",
    method: "GET",
    path: "/api/studies/:study/data",
    summary:
      "The tables of a locked study as a zip: CSV and Parquet, a codebook and a script for R; every download is written down.",
    answer: { kind: "file", status: 200, type: "application/zip" },
    problems: ["staff.not-signed-in", "staff.not-allowed", "study.not-found", "data.not-locked"],
  },
};
