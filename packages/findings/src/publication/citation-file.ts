import { citedTitle, contactOf } from "./citation.ts";
import type { Language, Publication } from "./types.ts";

/** What a bundle cannot know about itself: when it was published, and where it stands. */
export interface PublishedAs {
  readonly publishedAt?: number;
  readonly address?: string;
}

/** The names under which a publication's citation is offered as files. */
export const citationFile = "CITATION.cff";
export const bibtexFile = "citation.bib";

interface Words {
  readonly message: string;
  readonly simulated: string;
  readonly seal: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    message: "If you use these findings or their data, please cite them as below.",
    simulated: "Simulated people, not a real study.",
    seal: "SHA-256 of the sealed bundle",
  },
  nb: {
    message: "Bruker du disse funnene eller dataene deres, siter dem slik.",
    simulated: "Simulerte personer, ikke en virkelig studie.",
    seal: "SHA-256 av den forseglede pakken",
  },
};

/**
 * A publication as CITATION.cff 1.2.0: the data set, and the page of findings as what is preferably cited.
 *
 * Without `publishedAt` there is no date, without `address` no address: nothing is made up.
 * Keys and kinds are those of the schema of citation-file-format 1.2.0.
 */
export function citationCff(publication: Publication, published: PublishedAs = {}): string {
  const { study, answer, language, hash } = publication;
  const say = words[language];
  return yamlText({
    "cff-version": "1.2.0",
    message: say.message,
    type: "dataset",
    title: citedTitle(study, language),
    ...common(publication, published),
    version: study.protocolVersion,
    abstract: study.simulated ? `${say.simulated} ${answer.lead}` : answer.lead,
    contact: [contactOf(study)],
    identifiers: [{ type: "other", value: hash, description: say.seal }],
    ...licenceOf(publication),
    "preferred-citation": {
      type: "report",
      title: study.question,
      ...common(publication, published),
      ...yearOf(publication, published),
    },
  });
}

/** The BibTeX entry of a publication with its address, where that is known. */
export function citationBibtex({ citation }: Publication, { address }: PublishedAs = {}): string {
  if (address === undefined) return citation.bibtex;
  return citation.bibtex.replace(/\n}\n?$/, `,\n  url = {${address}}\n}\n`);
}

function common({ study }: Publication, { publishedAt, address }: PublishedAs): YamlMap {
  return {
    authors: [{ name: contactOf(study).name }],
    ...(publishedAt === undefined
      ? {}
      : { "date-released": new Date(publishedAt).toISOString().slice(0, 10) }),
    ...(address === undefined ? {} : { url: address }),
  };
}

function yearOf({ plan }: Publication, { publishedAt = plan.lockedAt }: PublishedAs): YamlMap {
  return publishedAt === undefined ? {} : { year: new Date(publishedAt).getUTCFullYear() };
}

/** A licence the study text states: an SPDX identifier, or the address of another licence. */
function licenceOf({ protocol }: Publication): YamlMap {
  const licence = protocol?.licence;
  if (licence === undefined) return {};
  return licence.startsWith("https:") ? { "license-url": licence } : { license: licence };
}

type YamlMap = { readonly [key: string]: YamlValue };
type YamlValue = string | number | YamlMap | readonly YamlMap[];

/** A map as YAML 1.2: keys as they are, text in double quotes as JSON has it, which YAML reads the same way. */
function yamlText(map: YamlMap, indent = ""): string {
  return Object.entries(map)
    .map(([key, value]) => {
      if (typeof value !== "object") return `${indent}${key}: ${JSON.stringify(value)}\n`;
      if (!isList(value)) return `${indent}${key}:\n${yamlText(value, `${indent}  `)}`;
      return `${indent}${key}:\n${value.map((entry) => listEntry(entry, `${indent}  `)).join("")}`;
    })
    .join("");
}

function listEntry(entry: YamlMap, indent: string): string {
  return `${indent}- ${yamlText(entry, `${indent}  `).trimStart()}`;
}

function isList(value: YamlMap | readonly YamlMap[]): value is readonly YamlMap[] {
  return Array.isArray(value);
}
