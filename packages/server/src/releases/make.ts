import { randomInt } from "node:crypto";
import { FindingsError, makeRelease, type ReleaseSummary, zipped } from "@longwave/findings";
import { buildDataset, sha256 } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { Kysely } from "kysely";
import { textVersions } from "../protocol/text-versions.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { peopleWhoTicked } from "../store/queries/consents.ts";
import { countErasedSince } from "../store/queries/departures.ts";
import { personRecords } from "../store/queries/person-records.ts";
import type { MadePreview } from "../store/queries/releases.ts";
import { studyById } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

/** A preview to be made: of which study, up to which answer, with which floors. */
export interface ReleaseJob {
  readonly id: string;
  readonly study: string;
  readonly number: number;
  readonly upToSeq: number;
  readonly k: number;
  readonly minCell: number;
  readonly tick: string;
  /** When it is made: consents given later do not count. */
  readonly at: number;
  readonly previous?: { readonly summary: ReleaseSummary; readonly keptAt: number };
  readonly version: string;
  readonly css: string;
}

/** What making a preview came to: its files, or that too few people agreed. */
export type ReleaseOutcome =
  | { readonly kind: "made"; readonly made: MadePreview }
  | { readonly kind: "too-few"; readonly why: string };

/**
 * Makes the files of a release. Reads the store and writes nothing; order, numbers and dates are drawn from the
 * system's chance, and what was drawn is forgotten with this call.
 */
export async function makePreview(db: Kysely<Tables>, job: ReleaseJob): Promise<ReleaseOutcome> {
  const study = await studyById(db, job.study);
  if (!study) throw new Error(`study ${job.study} is not there`);
  const protocol = readProtocol(study.protocolText, `${study.protocolId}.yaml`);
  const people = await personRecords(db, job.study);
  const answers = await answersUpTo(db, job.study, job.upToSeq);
  const versions = await textVersions(db, study);
  const dataset = buildDataset({ protocol, versions, people, answers, upToSeq: job.upToSeq });
  const agreed = await peopleWhoTicked(db, job.study, { tick: job.tick, until: job.at });
  try {
    const release = makeRelease({
      protocol,
      dataset,
      agreed: new Set(agreed),
      random: { integer: (below) => randomInt(below) },
      settings: { k: job.k, minCell: job.minCell },
      edition: {
        version: job.number,
        madeOn: new Date(job.at).toISOString().slice(0, 10),
        simulated: study.simulated,
        drawnFrom: "chance",
        software: job.version,
      },
      ...(job.previous === undefined ? {} : { previous: job.previous.summary }),
      css: withoutFonts(job.css),
    });
    const made = {
      hash: release.hash,
      report: release.page,
      file: zipped(fileName(study.id, job.number), release.files),
      summary: release.summary,
      changes: release.changes,
      warnings: await warningsOf(db, job, agreed),
      peopleHash: peopleHash(agreed),
    };
    return { kind: "made", made };
  } catch (error) {
    if (error instanceof FindingsError && error.code === "findings.release-too-few") {
      return { kind: "too-few", why: error.message };
    }
    throw error;
  }
}

/** The name of a version's zip, and of the folder in it. */
export function fileName(study: string, number: number): string {
  return `${study}-release-${number}`;
}

/** A fingerprint of a list of people: it tells whether the list has changed, and nothing of who is in it. */
export function peopleHash(people: readonly string[]): string {
  return sha256(people.join("\n"));
}

/** The files are read away from this server, where its fonts are not. */
function withoutFonts(css: string): string {
  return css.replace(/@font-face\s*\{[^}]*\}/g, "");
}

/** Two versions that differ by a few people show these people to whoever lays one beside the other. */
async function warningsOf(
  db: Kysely<Tables>,
  job: ReleaseJob,
  agreed: readonly string[],
): Promise<readonly string[]> {
  if (job.previous === undefined) return [];
  const before = new Set(
    await peopleWhoTicked(db, job.study, { tick: job.tick, until: job.previous.keptAt }),
  );
  const now = new Set(agreed);
  // What the erased had ticked is gone with them: each may have been in the earlier version.
  const erased = await countErasedSince(db, job.study, job.previous.keptAt);
  const different =
    [...before].filter((id) => !now.has(id)).length + agreed.filter((id) => !before.has(id)).length + erased;
  if (different === 0 || different >= job.minCell) return [];
  return [
    `Fewer than ${job.minCell} people have left the data, or changed whether their answers may be shared, since version ${job.previous.summary.version}. Whoever has both versions can find them by comparing. Ask every recipient to delete the earlier one.`,
  ];
}
