import type { LostLink } from "@longwave/findings";
import type { Context } from "hono";
import { scrambledAddress } from "../access/address.ts";
import type { ServerContext } from "../context.ts";
import { isEmail } from "../people/email.ts";

const LONGEST_EMAIL = 254;

/** The largest form in which a link is asked for, in bytes. */
export const LARGEST_LINK_FORM = 4_000;

/** The status of each state of a page on which a link is asked for: the same whether an address is known or not. */
export const linkFormStatus = { form: 200, asked: 200, "no address": 422, "too many": 429 } as const;

/** Takes the address typed on a page that asks for a link, hands it over, and says what the page shows then. */
export async function takeAskedAddress(
  c: Context,
  { lostLinkTries }: Pick<ServerContext, "lostLinkTries">,
  use: (email: string) => Promise<void>,
): Promise<LostLink["state"]> {
  const typed = (await c.req.formData().catch(() => new FormData())).get("email");
  const email = typeof typed === "string" ? typed.replaceAll("\0", "").trim() : "";
  if (!isEmail(email) || email.length > LONGEST_EMAIL) return "no address";
  const address = scrambledAddress(c.req.raw, c.env);
  if (!lostLinkTries.isOpen(address)) return "too many";
  lostLinkTries.note(address);
  await use(email);
  return "asked";
}
