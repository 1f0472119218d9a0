import { openApiDocument } from "@longwave/api";
import {
  bibtexFile,
  citationBibtex,
  citationCff,
  citationFile,
  figureDrawing,
  type Publication,
  previewDrawing,
  previewFile,
  publicationTables,
  renderFindingsList,
  renderFrontPage,
  renderNotFound,
  renderStrobeHtml,
  renderStrobeMarkdown,
  replicationFile,
  replicationScript,
  strobeList,
} from "@longwave/findings";
import type { Context, Hono } from "hono";
import { addressOf, isThisMachine } from "../access/address.ts";
import type { ServerContext } from "../context.ts";
import { withHighlights } from "../pages/highlights.ts";
import { comfortScript, doors } from "../pages/links.ts";
import { publicationWithDiscussion } from "../pages/publication-page.ts";
import { countMessages } from "../store/queries/outbox.ts";
import { latestPublication, publicationByHash } from "../store/queries/publications.ts";
import { publicationAddress, publicStudies } from "../studies/summary.ts";

/** The public pages: made from sealed bundles and nothing else, complete without script. */
export function pageRoutes(app: Hono, context: ServerContext): void {
  app.get("/", async (c) => c.html(renderFrontPage(await listOptions(context, "/"))));
  app.get("/findings", async (c) => c.html(renderFindingsList(await listOptions(context, "/findings"))));
  app.get("/findings/:study", async (c) => {
    const latest = await latestPublication(context.store.db, c.req.param("study"));
    return publicationPage(c, context, latest?.hash);
  });
  app.get("/findings/:study/:hash", (c) => publicationPage(c, context, c.req.param("hash")));
  app.get("/findings/:study/:hash/publication.json", async (c) => {
    const found = await findPublication(context, c);
    return found ? file(found.text, "application/json") : notFoundPage(c, context);
  });
  app.get(`/findings/:study/:hash/${replicationFile}`, async (c) => {
    const found = await findPublication(context, c);
    const script = found && replicationScript(found.publication);
    return script === undefined ? notFoundPage(c, context) : file(script, "text/plain; charset=utf-8");
  });
  app.get(`/findings/:study/:hash/${citationFile}`, (c) => citation(c, context, citationCff));
  app.get(`/findings/:study/:hash/${bibtexFile}`, (c) => citation(c, context, citationBibtex));
  app.get("/findings/:study/:hash/:file{strobe\\.(html|md)}", async (c) => {
    const found = await findPublication(context, c);
    const list = found && strobeList(found.publication);
    if (list === undefined) return notFoundPage(c, context);
    const page = context.origin() + publicationAddress(c.req.param("study"), c.req.param("hash"));
    return c.req.param("file") === "strobe.md"
      ? file(renderStrobeMarkdown(list, page), "text/markdown; charset=utf-8")
      : file(renderStrobeHtml(list, page), "text/html; charset=utf-8");
  });
  app.get("/findings/:study/:hash/tables/:name", async (c) => {
    const found = await findPublication(context, c);
    const table = found && tableByName(found.publication, c.req.param("name"));
    return table === undefined ? notFoundPage(c, context) : file(table, "text/csv; charset=utf-8");
  });
  app.get("/findings/:study/:hash/figures/:name", async (c) => {
    const found = await findPublication(context, c);
    const [, id, kind] = /^(.+)\.(svg|png)$/.exec(c.req.param("name")) ?? [];
    const figure = found?.publication.figures.find((each) => each.id === id);
    if (!found || !figure) return notFoundPage(c, context);
    const drawing = figureDrawing(figure);
    if (kind === "svg") return file(drawing, "image/svg+xml");
    const key = `${found.publication.hash}/${figure.id}`;
    return file(await context.pictures.of(key, drawing), "image/png");
  });
  app.get(`/findings/:study/:hash/${previewFile}`, async (c) => {
    const found = await findPublication(context, c);
    if (!found) return notFoundPage(c, context);
    const key = `${found.publication.hash}/${previewFile}`;
    return file(await context.pictures.of(key, previewDrawing(found.publication)), "image/png");
  });
  app.get("/try", (c) => c.redirect(doors.takePart));
  app.get("/openapi.json", (c) => c.json(openApiDocument(context.version)));
  app.get("/health", async (c) => {
    // Counts tell whether a message was decided, and with it whom the server knows: they are for this machine only.
    if (!isThisMachine(addressOf(c.req.raw, c.env)))
      return c.json({ status: "ok", version: context.version });
    const { queued, failed, uncertain } = await countMessages(context.store.db);
    const { transport, trouble } = context.mail;
    const reachable = trouble() === undefined;
    const mail = { way: transport.kind, reachable, queued, failed, uncertain };
    return c.json({ status: "ok", version: context.version, mail });
  });
}

/** The designed page for an address that leads nowhere. */
export function notFoundPage(c: Context, { css }: Pick<ServerContext, "css">): Response | Promise<Response> {
  return c.html(renderNotFound({ css, links: doors }), 404);
}

async function listOptions(
  context: ServerContext,
  path: string,
): Promise<Parameters<typeof renderFrontPage>[0]> {
  const links = { ...doors, script: comfortScript, canonical: context.origin() + path };
  return { studies: await withHighlights(context, await publicStudies(context)), css: context.css, links };
}

async function publicationPage(
  c: Context,
  context: ServerContext,
  hash: string | undefined,
): Promise<Response> {
  const study = c.req.param("study") ?? "";
  const row = hash === undefined ? undefined : await publicationByHash(context.store.db, study, hash);
  if (!row) return notFoundPage(c, context);
  return c.html(await publicationWithDiscussion(c, context, row));
}

/** The citation as a file, with the date and the address that the bundle cannot know. */
async function citation(c: Context, context: ServerContext, write: typeof citationCff): Promise<Response> {
  const found = await findPublication(context, c);
  if (found === undefined) return notFoundPage(c, context);
  const address = context.origin() + publicationAddress(found.row.study, found.row.hash);
  const text = write(found.publication, { publishedAt: Number(found.row.published_at), address });
  return file(text, "text/plain; charset=utf-8");
}

async function findPublication(context: ServerContext, c: Context) {
  const row = await publicationByHash(
    context.store.db,
    c.req.param("study") ?? "",
    c.req.param("hash") ?? "",
  );
  return row && { row, text: row.bundle, publication: JSON.parse(row.bundle) as Publication };
}

function tableByName(publication: Publication, name: string): string | undefined {
  return publicationTables(publication).find((table) => table.name === name)?.csv;
}

/** A part of a publication: it never changes, so it may be kept for a year. */
function file(body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, {
    headers: { "content-type": type, "cache-control": "public, max-age=31536000, immutable" },
  });
}
