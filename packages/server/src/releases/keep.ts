import { randomUUID } from "node:crypto";
import type { RecipientRequest, ReleaseRecipient, Releases, ReleaseVersion } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { peopleWhoTicked } from "../store/queries/consents.ts";
import {
  addRecipient,
  filesOfRelease,
  markKept,
  type ReleaseRow,
  recipientsOf,
  releasesOf,
  versionOf,
} from "../store/queries/releases.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { peopleHash } from "./make.ts";
import { presentDraft, presentRecipient, presentVersion } from "./present.ts";
import { releaseRules } from "./preview.ts";

type Context = Pick<ServerContext, "store" | "now">;

/** Everything about a study's releases. */
export async function listReleases(context: Context, study: StudyRow): Promise<Releases> {
  const { db } = context.store;
  const rules = releaseRules(study);
  const rows = await releasesOf(db, study.id);
  const recipients = await recipientsOf(db, study.id);
  const agreed = await peopleWhoTicked(db, study.id, { tick: rules.tick, until: context.now() });
  const draft = rows.find(({ state }) => state !== "kept");
  return {
    agreed: agreed.length,
    k: rules.k,
    minCell: rules.minCell,
    ...(draft === undefined ? {} : { draft: presentDraft(draft) }),
    versions: rows.filter(({ state }) => state === "kept").map((row) => presentVersion(row, recipients)),
  };
}

/**
 * Keeps a preview as the next version: the very files whose report was looked at.
 *
 * @throws Refusal `release.not-found`, `release.outdated`
 */
export async function keepRelease(
  context: Context,
  study: StudyRow,
  draft: string,
  actor: string,
): Promise<ReleaseVersion> {
  const at = context.now();
  const { tick } = releaseRules(study);
  return context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    const rows = await releasesOf(trx, study.id);
    const row = rows.find(({ id }) => id === draft);
    if (row?.state === "kept") return presentVersion(row, []);
    if (row?.state !== "ready") throw outdated("one that was replaced, or is not ready");
    const agreed = await peopleWhoTicked(trx, study.id, { tick, until: at });
    if (peopleHash(agreed) !== row.peopleHash) throw outdated("other people who agree to sharing by now");
    await markKept(trx, row, { at, by: actor });
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${actor}`,
      action: "release.kept",
      detail: { number: row.number, hash: row.hash ?? "" },
    });
    return presentVersion({ ...row, state: "kept", keptAt: at, keptBy: actor }, []);
  });
}

/**
 * The version of a number as typed in an address.
 *
 * @throws Refusal `release.not-found`
 */
export async function requireVersion(context: Context, study: string, number: string): Promise<ReleaseRow> {
  const row = /^[1-9]\d{0,8}$/.test(number)
    ? await versionOf(context.store.db, study, Number(number))
    : undefined;
  if (row) return row;
  throw notFound(`version ${number}`);
}

/**
 * The privacy report of the preview.
 *
 * @throws Refusal `release.not-found`
 */
export async function draftReport(context: Context, study: string): Promise<string> {
  const rows = await releasesOf(context.store.db, study);
  const draft = rows.find(({ state }) => state === "ready");
  if (!draft) throw notFound("no preview that is ready");
  return reportOf(context, draft);
}

/** The privacy report of a release. */
export async function reportOf(context: Context, row: ReleaseRow): Promise<string> {
  const files = await filesOfRelease(context.store.db, row);
  if (files?.report) return files.report;
  throw notFound("one without a report");
}

/** The zip of a version; that it was taken is written down first. */
export async function downloadOf(context: Context, row: ReleaseRow, actor: string): Promise<Uint8Array> {
  const files = await filesOfRelease(context.store.db, row);
  if (!files?.file) throw notFound("one without files");
  await recordEvent(context.store.db, {
    at: context.now(),
    study: row.study,
    actor: `staff:${actor}`,
    action: "release.downloaded",
    detail: { number: row.number, hash: row.hash ?? "" },
  });
  return files.file;
}

/** Writes down who received a version. */
export async function recordRecipient(
  context: Context,
  row: ReleaseRow,
  request: RecipientRequest,
  actor: string,
): Promise<ReleaseRecipient> {
  const at = context.now();
  const recipient = {
    id: randomUUID(),
    study: row.study,
    number: row.number,
    name: request.name,
    organisation: request.organisation,
    purpose: request.purpose,
    agreement: request.agreement,
    received_at: request.receivedAt,
    recorded_at: at,
    recorded_by: actor,
  };
  await context.store.db.transaction().execute(async (trx) => {
    await addRecipient(trx, recipient);
    await recordEvent(trx, {
      at,
      study: row.study,
      actor: `staff:${actor}`,
      action: "release.given",
      detail: { number: row.number, recipient: recipient.id },
    });
  });
  return presentRecipient(recipient);
}

function outdated(found: string) {
  return refuse(
    "release.outdated",
    "the preview as it was made",
    found,
    "Make a new preview and read its report.",
  );
}

function notFound(found: string) {
  return refuse(
    "release.not-found",
    "a release of this study",
    found,
    "Load the page again to see what there is.",
  );
}
