import type { Language } from "@longwave/api";
import { type LostLink, renderLostLink } from "@longwave/findings";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { checkSameOrigin } from "../access/same-origin.ts";
import type { ServerContext } from "../context.ts";
import { mailOwnLink } from "../joining/join.ts";
import { noteMail } from "../joining/page.ts";
import { doors } from "../pages/links.ts";
import { type StudyRow, studyById } from "../store/queries/studies.ts";
import { lostLinkAddress, noticeAddresses } from "../studies/notices.ts";
import { LARGEST_LINK_FORM, linkFormStatus, takeAskedAddress } from "./asked-address.ts";
import { notFoundPage } from "./pages.ts";

/** The page on which those who take part ask for their own link: without script, and the same for everyone. */
export function ownLinkRoutes(app: Hono, context: ServerContext): void {
  app.use("/about/:study/lost-link", bodyLimit({ maxSize: LARGEST_LINK_FORM }));
  app.get("/about/:study/lost-link", (c) => present(c, context, async () => "form"));
  app.post("/about/:study/lost-link", (c) => {
    checkSameOrigin(c.req.raw, context.publicOrigin);
    return present(c, context, (study, language) => ask(c, context, { study, language }));
  });
}

function ask(
  c: Context,
  context: ServerContext,
  { study, language }: { readonly study: StudyRow; readonly language: Language },
): Promise<LostLink["state"]> {
  return takeAskedAddress(c, context, (email) =>
    mailOwnLink(context, study, { email, language, mayMail: noteMail(context, study.id, email) }),
  );
}

async function present(
  c: Context,
  context: ServerContext,
  act: (study: StudyRow, language: Language) => Promise<LostLink["state"]>,
): Promise<Response> {
  const study = await studyById(context.store.db, c.req.param("study") ?? "");
  if (study === undefined || study.phase === "design" || study.simulated || study.tryIt)
    return notFoundPage(c, context);
  const protocol = context.compiler.protocol(study);
  const language = protocol.languages.find((each) => each === c.req.query("language")) ?? "en";
  const state = await act(study, language);
  const page = noticeAddresses(study.id, protocol, language).privacy ?? "/";
  const lost = { of: "study", state, address: lostLinkAddress(study.id, language), page } as const;
  c.header("cache-control", "no-store");
  return c.html(renderLostLink(lost, { css: context.css, links: doors, language }), linkFormStatus[state]);
}
