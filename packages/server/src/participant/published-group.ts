import type { Publication, PublishedGroup, SimilarPeople } from "@longwave/findings";
import { sessionGroup, similarPeople } from "@longwave/findings";
import { buildDataset, type FeedbackRules, type SessionGroup } from "@longwave/study";
import type { ServerContext } from "../context.ts";
import { textVersions } from "../protocol/text-versions.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { latestPublication, publicationByHash } from "../store/queries/publications.ts";
import { publicationAddress } from "../studies/summary.ts";
import type { Participation } from "./state.ts";

/** What a publication says of everyone, kept in memory: a sealed bundle never changes. */
export interface KeptGroup {
  readonly lead: string;
  readonly language: Publication["language"];
  readonly similar: SimilarPeople;
  /** How much people differ in sessions beside rest, where enough have both. */
  readonly sessions: SessionGroup | undefined;
}

/**
 * What is known of others once the study has published, and undefined before. Counts of similar people are made from
 * the dataset of the publication, once for each process.
 */
export async function publishedGroupOf(
  context: ServerContext,
  participation: Participation,
  rules: FeedbackRules,
): Promise<PublishedGroup | undefined> {
  const { study } = participation;
  if (study.phase !== "published" && study.phase !== "closed") return undefined;
  const latest = await latestPublication(context.store.db, study.id);
  if (latest === undefined) return undefined;
  const { lead, language, similar, sessions } = await keptGroup(context, participation, latest.hash);
  return {
    address: publicationAddress(study.id, latest.hash),
    ...(language === rules.language ? { lead } : {}),
    similar,
    ...(sessions === undefined ? {} : { sessions }),
  };
}

/** The counts, made at the first request; one that failed is forgotten, so that the next tries again. */
function keptGroup(context: ServerContext, participation: Participation, hash: string): Promise<KeptGroup> {
  // Whoever has been erased since is in it no longer.
  const key = `${hash} ${participation.study.erasureSeq}`;
  const known = context.publishedGroups.get(key);
  if (known !== undefined) return known;
  const made = readGroup(context, participation, hash);
  context.publishedGroups.set(key, made);
  made.catch(() => context.publishedGroups.delete(key));
  return made;
}

async function readGroup(
  context: ServerContext,
  { study, protocol }: Participation,
  hash: string,
): Promise<KeptGroup> {
  const { db } = context.store;
  const row = await publicationByHash(db, study.id, hash);
  if (row === undefined) throw new Error(`publication ${hash} of ${study.id} is not there`);
  const bundle = JSON.parse(row.bundle) as Publication;
  const { upToSeq } = bundle.dataset;
  const dataset = buildDataset({
    protocol,
    versions: await textVersions(db, study, context.compiler.protocol),
    people: await personRecords(db, study.id),
    answers: await answersUpTo(db, study.id, upToSeq),
    upToSeq,
  });
  const feedback = protocol.feedback;
  const similar = similarPeople(dataset, {
    by: feedback?.similarBy ?? [],
    items: feedback?.measures.map(({ item }) => item) ?? [],
  });
  const items = feedback?.sessions;
  const sessions = items && sessionGroup(dataset, items);
  return { lead: bundle.answer.lead, language: bundle.language, similar, sessions };
}
