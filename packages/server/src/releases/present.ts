import type { ReleaseDraft, ReleaseNumbers, ReleaseRecipient, ReleaseVersion } from "@longwave/api";
import type { ReleaseSummary } from "@longwave/findings";
import type { ReleaseRow } from "../store/queries/releases.ts";
import type { ReleaseRecipientTable } from "../store/schema-results.ts";

/** A preview as the contract shows it. */
export function presentDraft(row: ReleaseRow): ReleaseDraft {
  return {
    id: row.id,
    state: row.state === "kept" ? "ready" : row.state,
    number: row.number,
    startedAt: row.startedAt,
    startedBy: row.startedBy,
    ...(row.made === undefined ? {} : { numbers: numbersOf(row.made.summary) }),
    changes: row.made?.changes ?? [],
    warnings: row.made?.warnings ?? [],
    ...(row.problem === undefined ? {} : { problem: row.problem }),
  };
}

/** A version as the contract shows it. */
export function presentVersion(
  row: ReleaseRow,
  recipients: readonly ReleaseRecipientTable[],
): ReleaseVersion {
  if (row.made === undefined) throw new Error(`release ${row.number} of ${row.study} has no summary`);
  return {
    number: row.number,
    hash: row.hash ?? "",
    madeAt: row.keptAt ?? row.startedAt,
    madeBy: row.keptBy ?? row.startedBy,
    upToSeq: row.upToSeq,
    numbers: numbersOf(row.made.summary),
    changes: row.made.changes,
    recipients: recipients.filter(({ number }) => number === row.number).map(presentRecipient),
  };
}

/** A recipient as the contract shows it. */
export function presentRecipient(row: ReleaseRecipientTable): ReleaseRecipient {
  return {
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    purpose: row.purpose,
    agreement: row.agreement,
    receivedAt: row.received_at,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}

function numbersOf({ people, rows, k, unique, settings, hidden, quasi }: ReleaseSummary): ReleaseNumbers {
  return {
    people: people.released,
    removed: people.removed,
    rows: rows.personWave,
    kBefore: k.before,
    k: k.after,
    uniqueBefore: unique.before,
    minCell: settings.minCell,
    hidden: hidden.values,
    hiddenShare: hidden.share,
    told: quasi,
  };
}
