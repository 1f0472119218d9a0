import type { PublicStudy } from "@longwave/api";
import type { Publication } from "@longwave/findings";
import type { ServerContext } from "../context.ts";
import { publicationByHash } from "../store/queries/publications.ts";

/** What the front page shows of a publication: its short answer, and the interval of its first finding as SVG. */
export interface Highlight {
  readonly lead?: string;
  readonly graphic?: string;
}

type ListedStudy = PublicStudy & { readonly publication?: PublicStudy["publication"] & Highlight };

/** The studies with the highlights of their publications, each read from its sealed bundle once for each process. */
export async function withHighlights(
  context: Pick<ServerContext, "store" | "highlights">,
  studies: readonly PublicStudy[],
): Promise<readonly ListedStudy[]> {
  return Promise.all(
    studies.map(async (study) => {
      if (!study.publication) return study;
      const highlight = await highlightOf(context, study.id, study.publication.hash);
      return { ...study, publication: { ...study.publication, ...highlight } };
    }),
  );
}

/** A sealed bundle never changes, so what was read from it once holds for good. */
async function highlightOf(
  { store, highlights }: Pick<ServerContext, "store" | "highlights">,
  study: string,
  hash: string,
): Promise<Highlight> {
  const known = highlights.get(hash);
  if (known) return known;
  const row = await publicationByHash(store.db, study, hash);
  const read = row ? readHighlight(JSON.parse(row.bundle) as Publication) : {};
  highlights.set(hash, read);
  return read;
}

function readHighlight({ answer, findings }: Publication): Highlight {
  const graphic = findings[0]?.graphic;
  return { lead: answer.lead, ...(graphic ? { graphic } : {}) };
}
