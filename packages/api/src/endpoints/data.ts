import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";

/** Which sums are asked for: the formula of a mixed model, as longwave fit takes it. */
interface SumsQuery {
  readonly formula: string;
}

/** The rows of the contract for a study's own data. */
export interface DataEndpoints {
  readonly downloadData: Endpoint<"/api/studies/:study/data", unknown, unknown, Uint8Array>;
  readonly downloadSums: Endpoint<"/api/studies/:study/sums", unknown, SumsQuery, Uint8Array>;
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
  downloadSums: {
    who: "staff",
    needs: "releases.take",
    method: "GET",
    path: "/api/studies/:study/sums",
    summary:
      "What a mixed model needs of a locked study, as sums over groups of at least ten people, for longwave fit --sums; no row of anyone. Every download is written down.",
    query: z.object({ formula: z.string().min(1).max(2000) }),
    answer: { kind: "file", status: 200, type: "application/json" },
    problems: [
      "staff.not-signed-in",
      "staff.not-allowed",
      "study.not-found",
      "data.not-locked",
      "data.no-sums",
    ],
  },
};
