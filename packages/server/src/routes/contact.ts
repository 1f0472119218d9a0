import { endpoints } from "@longwave/api";
import { renderMessage } from "@longwave/findings";
import type { Context, Hono } from "hono";
import { countingRefusals } from "../access/rate-limit.ts";
import { requireVerified } from "../access/visits.ts";
import { changeBehind, disputeChange } from "../contact/dispute.ts";
import { changeOwnContact, confirmOwnEmail, ownContact } from "../contact/own-contact.ts";
import { changePersonContact, personContact } from "../contact/staff-contact.ts";
import type { ServerContext } from "../context.ts";
import { notMyChangeWords } from "../mail/templates/not-my-change-words.ts";
import { doors } from "../pages/links.ts";
import { mount } from "./mount.ts";
import { mountStudy } from "./mount-staff.ts";
import { notFoundPage } from "./pages.ts";

/** The routes of how people are reached: by themselves after a one-time code (ruling 24), and by staff. */
export function contactRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.ownContact, async (call) => {
    const { person, cookie } = await requireVerified(context, call.request);
    return call.json(await ownContact(context, person), [cookie]);
  });
  mount(app, endpoints.changeOwnContact, async (call) => {
    const wanted = await call.body();
    const visit = await requireVerified(context, call.request);
    return call.json(await changeOwnContact(context, visit, wanted), [visit.cookie]);
  });
  mount(app, endpoints.confirmOwnEmail, async (call) => {
    const { code } = await call.body();
    context.codeTries.check(call.address);
    const confirmed = confirmOwnEmail(context, call.request, code);
    const { contact, cookie } = await confirmed.catch(countingRefusals(context.codeTries, call.address));
    return call.json(contact, [cookie]);
  });
  mountStudy(app, context, endpoints.personContact, async (call) =>
    call.json(await personContact(context, call, call.path.person)),
  );
  mountStudy(app, context, endpoints.changeContact, async (call) => {
    const change = await call.body();
    return call.json(await changePersonContact(context, call, call.path.person, change));
  });
  app.get("/not-my-change/:token", (c) => disputePage(c, context, "ask"));
  app.post("/not-my-change/:token", (c) => disputePage(c, context, "say"));
}

/** Opening the page changes nothing, since mail scanners open every address; pressing its button does. */
async function disputePage(c: Context, context: ServerContext, what: "ask" | "say"): Promise<Response> {
  const found = await changeBehind(context, c.req.param("token") ?? "");
  if (found === undefined) return notFoundPage(c, context);
  const late = what === "say" && !(await disputeChange(context, found));
  const words = notMyChangeWords[found.language];
  c.header("cache-control", "no-store");
  const { css } = context;
  const asked = { ...words.ask, post: { words: words.button, address: c.req.path } };
  const page = what === "ask" ? asked : late ? words.late : words.done;
  return c.html(renderMessage({ css, links: doors, language: found.language, ...page }));
}
