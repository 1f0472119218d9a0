import { bibtexFile, citationFile, type PageLinks, previewFile, replicationFile } from "@longwave/findings";
import { publicationAddress } from "../studies/summary.ts";

/** The doors in the bar of every page, and the one for anyone who wants to try. */
export const doors = {
  home: "/",
  findings: "/findings",
  takePart: "/p",
  tryIt: "/p/#try",
  console: "/console",
  analyse: "/analyse",
} as const;

/** The script that adds comfort to public pages. */
export const comfortScript = "/assets/public/public.js";

/** All addresses on the page of one publication. */
export function publicationLinks(
  study: string,
  hash: string,
  more: { readonly origin: string; readonly supersededBy?: string; readonly replaces?: string | undefined },
): PageLinks {
  const address = publicationAddress(study, hash);
  return {
    ...doors,
    bundle: `${address}/publication.json`,
    replication: `${address}/${replicationFile}`,
    citation: `${address}/${citationFile}`,
    bibtex: `${address}/${bibtexFile}`,
    reporting: { html: `${address}/strobe.html`, markdown: `${address}/strobe.md` },
    table: (name) => `${address}/tables/${name}`,
    figure: (id, kind) => `${address}/figures/${id}.${kind}`,
    script: comfortScript,
    preview: `${more.origin}${address}/${previewFile}`,
    canonical: more.origin + address,
    ...(more.supersededBy === undefined
      ? {}
      : { supersededBy: publicationAddress(study, more.supersededBy) }),
    ...(more.replaces === undefined ? {} : { replaces: publicationAddress(study, more.replaces) }),
  };
}
