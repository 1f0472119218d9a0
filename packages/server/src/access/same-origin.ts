import { refuse } from "../errors.ts";

/**
 * Refuses a request that another site made a browser send.
 * Browsers say where a request comes from; a program that is not a browser says nothing and holds no one's cookies.
 *
 * @param publicOrigin  the origin under which people know the server, when it stands behind a proxy.
 * @throws Refusal `request.cross-origin`
 */
export function checkSameOrigin(request: Request, publicOrigin: string | undefined): void {
  checkSameSite(request);
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  // Under our own policy of no referrer some requests of our pages carry "null"; the browser's word for them counts.
  if (origin === null || (origin === "null" && site === "same-origin")) return;
  if (origin === publicOrigin || origin === ownOrigin(request)) return;
  throw crossOrigin(origin);
}

/**
 * Refuses to read for another site what a cookie opens: some pages write down that they were read, and a link on
 * another site must not make a browser do that.
 *
 * @throws Refusal `request.cross-origin`
 */
export function checkSameSite(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") throw crossOrigin(site);
}

function ownOrigin(request: Request): string {
  const url = new URL(request.url);
  return `${url.protocol}//${request.headers.get("host") ?? url.host}`;
}

function crossOrigin(found: string) {
  return refuse(
    "request.cross-origin",
    "a request from this site's own pages",
    found,
    "Open the page on this site and do it there; behind a proxy, set the public address of the server.",
  );
}

/**
 * Refuses a request that changes something and is not JSON: an HTML form of another site cannot send JSON.
 *
 * @throws Refusal `request.not-json`
 */
export function checkJson(request: Request): void {
  const type = request.headers.get("content-type") ?? "none";
  if (/^application\/json\s*(;|$)/i.test(type)) return;
  throw refuse(
    "request.not-json",
    "content-type application/json",
    type,
    "Send the body as JSON and say so.",
  );
}
