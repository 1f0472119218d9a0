import type { Language } from "@longwave/api";
import { type JoinStep, renderJoinPage } from "@longwave/findings";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { scrambledAddress } from "../access/address.ts";
import { checkSameOrigin } from "../access/same-origin.ts";
import type { ServerContext } from "../context.ts";
import { type Door, doorOf } from "../joining/door.ts";
import { type Coming, joinPage, joinStep } from "../joining/page.ts";
import { doors } from "../pages/links.ts";
import { offeredLanguages } from "../studies/languages.ts";
import { notFoundPage } from "./pages.ts";

const LARGEST_FORM = 8_000;

/** The public address at which anyone may join a study: complete without script, and it tells nobody who is known. */
export function joinRoutes(app: Hono, context: ServerContext): void {
  app.use("/join/*", bodyLimit({ maxSize: LARGEST_FORM }));
  app.get("/join/:study", (c) => answer(c, context, "look"));
  for (const part of ["questions", "contact", "code"] as const) {
    app.get(`/join/:study/${part}`, (c) =>
      c.redirect(`/join/${encodeURIComponent(c.req.param("study"))}`, 303),
    );
    app.post(`/join/:study/${part}`, (c) => {
      checkSameOrigin(c.req.raw, context.publicOrigin);
      return answer(c, context, part);
    });
  }
}

async function answer(c: Context, context: ServerContext, part: Coming["part"]): Promise<Response> {
  const door = await doorOf(context, c.req.param("study") ?? "");
  if (door === undefined) return notFoundPage(c, context);
  const language = languageOf(c, context, door);
  const step = await stepWithin(c, context, { door, language, part });
  const options = { css: context.css, links: doors, language };
  c.header("cache-control", "no-store");
  return c.html(renderJoinPage(joinPage(context, { door, language }, step), options), statusOf(step));
}

/** The step, unless too much has been tried from this address. */
async function stepWithin(
  c: Context,
  context: ServerContext,
  coming: Omit<Coming, "sent">,
): Promise<JoinStep> {
  if (coming.part === "look") return joinStep(context, { ...coming, sent: () => "" });
  const address = scrambledAddress(c.req.raw, c.env);
  const limit = coming.part === "questions" ? context.joinQuestions : context.joinTries;
  if (!limit.isOpen(address)) return { kind: "too_many" };
  if (coming.part === "questions") limit.note(address);
  // A body that is no form has no fields.
  const form = await c.req.formData().catch(() => new FormData());
  const sent = (field: string): string => {
    const value = form.get(field);
    // PostgreSQL keeps no text with the character NUL.
    return typeof value === "string" ? value.replaceAll("\0", "") : "";
  };
  const step = await joinStep(context, { ...coming, sent });
  if (coming.part === "contact" || (step.kind === "code" && step.wrong)) context.joinTries.note(address);
  return step;
}

function statusOf(step: JoinStep): 200 | 422 | 429 {
  switch (step.kind) {
    case "too_many":
      return 429;
    case "questions":
    case "contact":
      return step.missing.length > 0 ? 422 : 200;
    case "code":
      return step.wrong ? 422 : 200;
    default:
      return 200;
  }
}

/** The language of the address, else the browser's, among those in which people can answer the study. */
function languageOf(c: Context, context: ServerContext, { study }: Door): Language {
  const offered = offeredLanguages(study, context.compiler.protocol(study));
  const browser = (c.req.header("accept-language") ?? "").split(",").map((tag) =>
    tag
      .trim()
      .slice(0, 2)
      .toLowerCase()
      .replace(/^n[on]$/, "nb"),
  );
  const wanted = [c.req.query("language"), ...browser];
  return wanted.flatMap((each) => offered.find((one) => one === each) ?? [])[0] ?? offered[0] ?? "en";
}
