import { citedTitle, contactOf } from "../../publication/citation.ts";
import { publicationTables } from "../../publication/tables.ts";
import type { Publication } from "../../publication/types.ts";
import { localText } from "../../words/study-names.ts";
import type { PageLinks } from "../page-links.ts";

/** When a publication came out, as far as the caller knows. */
export interface LinkedDataOptions {
  readonly links: PageLinks;
  readonly publishedAt?: number;
}

/**
 * The page about itself for machines (schema.org): an article and the data set it is based on, each naming the other.
 * Authors and publisher are whoever the study text names as its contact.
 */
export function linkedData(publication: Publication, options: LinkedDataOptions): object {
  const { canonical = "" } = options.links;
  const names = { article: `${canonical}#article`, data: `${canonical}#data` };
  return {
    "@context": "https://schema.org",
    "@graph": [articleOf(publication, names, options), dataOf(publication, names, options)],
  };
}

interface Names {
  readonly article: string;
  readonly data: string;
}

function shared(
  { study, language, protocol }: Publication,
  { links, publishedAt }: LinkedDataOptions,
): object {
  const { name, email } = contactOf(study);
  const team = { "@type": "Organization", name, ...(email === undefined ? {} : { email }) };
  return {
    inLanguage: language,
    isAccessibleForFree: true,
    author: [team],
    publisher: team,
    ...(publishedAt === undefined ? {} : { datePublished: new Date(publishedAt).toISOString().slice(0, 10) }),
    ...(protocol?.licence === undefined ? {} : { license: licenceAddress(protocol.licence) }),
    ...(links.canonical === undefined ? {} : { url: links.canonical }),
  };
}

/** The page of a licence named by its SPDX identifier. */
function licenceAddress(licence: string): string {
  return licence.startsWith("https:") ? licence : `https://spdx.org/licenses/${licence}.html`;
}

/** Wherever the words go without the page, they say that the people are simulated. */
function described({ study, answer }: Publication): string {
  return study.simulated ? `Simulated people, not a real study. ${answer.lead}` : answer.lead;
}

function articleOf(publication: Publication, names: Names, options: LinkedDataOptions): object {
  const { study, citation, hash } = publication;
  const { preview } = options.links;
  return {
    "@type": "ScholarlyArticle",
    "@id": names.article,
    headline: study.question,
    name: citedTitle(study, publication.language),
    abstract: described(publication),
    identifier: hash,
    ...shared(publication, options),
    ...(preview === undefined ? {} : { image: preview }),
    isBasedOn: { "@id": names.data },
    creditText: citation.text,
    ...(study.basedOn === undefined ? {} : { citation: study.basedOn }),
  };
}

function dataOf(publication: Publication, names: Names, options: LinkedDataOptions): object {
  const { study, dataset, protocol, language } = publication;
  const { links } = options;
  const measured = protocol && [protocol.plan.variables.outcome, protocol.plan.variables.exposure];
  return {
    "@type": "Dataset",
    "@id": names.data,
    name: citedTitle(study, language),
    description: described(publication),
    identifier: dataset.hash,
    version: study.protocolVersion,
    ...shared(publication, options),
    subjectOf: { "@id": names.article },
    ...(measured === undefined
      ? {}
      : { variableMeasured: measured.map(({ label }) => localText(label, language)) }),
    distribution: [
      download("application/json", whole(links.bundle, links)),
      ...publicationTables(publication).map(({ name }) =>
        download("text/csv", whole(links.table(name), links)),
      ),
    ],
  };
}

function download(encodingFormat: string, contentUrl: string): object {
  return { "@type": "DataDownload", encodingFormat, contentUrl };
}

/** An address with its origin, where the page knows its own. */
function whole(address: string, { canonical }: PageLinks): string {
  return canonical?.startsWith("http") ? new URL(address, canonical).href : address;
}
