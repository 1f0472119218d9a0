import { z } from "zod";
import type { GeneralisationStep, ReleasePlan } from "./release-types.ts";
import { code, names, record, words } from "./schema-parts.ts";

const breaks = z
  .array(z.number())
  .min(1)
  .refine((edges) => edges.every((edge, i) => i === 0 || edge > (edges[i - 1] ?? edge)), {
    error: "increasing numbers, such as [40, 65]",
  });

/** Both fields optional and one of them demanded: zod would answer a union with "no member fits", which helps nobody. */
const step = record({
  breaks: breaks.exactOptional(),
  groups: z.array(z.array(code).min(1)).min(1).exactOptional(),
}).transform(({ breaks: edges, groups }, context): GeneralisationStep => {
  if (edges !== undefined && groups === undefined) return { breaks: edges };
  if (groups !== undefined && edges === undefined) return { groups };
  context.addIssue("either breaks (for numbers) or groups (for codes)");
  return z.NEVER;
});

/** The schema of the part of a study text about releases of its data. */
export const releaseSchema: z.ZodType<ReleasePlan> = record({
  tick: words.exactOptional(),
  k: z.int().min(2).max(1000).exactOptional(),
  minCell: z.int().min(2).max(1000).exactOptional(),
  terms: words.exactOptional(),
  quasiIdentifiers: z
    .array(record({ name: words, steps: z.array(step).exactOptional() }))
    .min(1)
    .exactOptional(),
  leaveOut: names.exactOptional(),
  sensitive: names.exactOptional(),
});
