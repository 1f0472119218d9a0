import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A study text to begin from. */
export interface StudyTemplate {
  readonly id: string;
  readonly title: string;
  /** What it is for, as its first comment says. */
  readonly about: string;
  readonly text: string;
}

/** The rows of the contract for templates. */
export interface TemplateEndpoints {
  readonly templates: Endpoint<"/api/templates", unknown, unknown, readonly StudyTemplate[]>;
}

/** Endpoints of templates. */
export const templateEndpoints: TemplateEndpoints = {
  templates: {
    who: "staff",
    needs: "open_studies",
    method: "GET",
    path: "/api/templates",
    summary: "The study texts that a new study can begin from.",
    answer: {
      kind: "json",
      status: 200,
      schema: z.array(z.object({ id: z.string(), title: z.string(), about: z.string(), text: z.string() })),
    },
    problems: ["staff.not-signed-in", "staff.not-allowed"],
  },
};
