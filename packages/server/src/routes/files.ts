import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { renderMessage } from "@longwave/findings";
import type { Context, Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { doors } from "../pages/links.ts";
import { notFoundPage } from "./pages.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** The built web apps and the fonts. */
export function fileRoutes(app: Hono, context: ServerContext): void {
  const { webRoot } = context;
  for (const [path, folder] of [
    ["/p", webRoot.participant],
    ["/console", webRoot.console],
    ["/analyse", webRoot.analyse],
  ] as const) {
    app.get(path, (c) => appPage(c, context, folder));
    app.get(`${path}/*`, async (c) => (await fileFrom(c, folder, path)) ?? appOrNothing(c, context, folder));
  }
  app.get(
    "/assets/public/*",
    async (c) => (await fileFrom(c, webRoot.public, "/assets/public")) ?? notFoundPage(c, context),
  );
  app.get("/fonts/*", async (c) => (await fileFrom(c, webRoot.fonts, "/fonts")) ?? notFoundPage(c, context));
}

/** The one page of an app; without the built files, a page that says what to do. */
async function appPage(c: Context, context: ServerContext, folder: string): Promise<Response> {
  const page = await read(join(folder, "index.html"));
  if (page) return fileResponse(page, "index.html");
  const message = renderMessage({
    css: context.css,
    links: doors,
    title: "This part has not been built",
    sentences: [
      "The files of this app are not on this server.",
      "Nothing is lost.",
      "Run npm run build and start again.",
    ],
  });
  return c.html(message, 503);
}

/** Addresses inside an app are the app's own business; a missing file is not. */
function appOrNothing(c: Context, context: ServerContext, folder: string): Response | Promise<Response> {
  return extname(c.req.path) === "" ? appPage(c, context, folder) : notFoundPage(c, context);
}

async function fileFrom(c: Context, folder: string, prefix: string): Promise<Response | undefined> {
  const name = safeName(c.req.path.slice(prefix.length));
  if (name === undefined || name === "") return undefined;
  const content = await read(join(folder, name));
  return content && fileResponse(content, name, prefix);
}

/** A path inside the folder, or undefined for one that would leave it. */
function safeName(path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return undefined;
  const name = normalize(decoded.replace(/^\/+/, ""));
  if (name === "." || name === "") return "";
  const outside = name === ".." || name.startsWith(`..${sep}`) || name.startsWith(sep);
  const hidden = name.split(sep).some((part) => part.startsWith("."));
  return outside || hidden ? undefined : name;
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch {
    return undefined;
  }
}

/** Files whose name holds a hash of their content, and fonts, never change; all others are asked for again. */
function fileResponse(content: Buffer, name: string, prefix = ""): Response {
  const lasting = /[-.][A-Za-z0-9_-]{8}\.\w+$/.test(name) || name.endsWith(".woff2");
  return new Response(new Uint8Array(content), {
    headers: {
      "content-type": types[extname(name)] ?? "application/octet-stream",
      "cache-control": lasting ? "public, max-age=31536000, immutable" : "no-cache",
      // Lets the worker that keeps a page for offline use answer for the page itself, one level up.
      ...(name === "offline.js" ? { "service-worker-allowed": prefix } : {}),
    },
  });
}
