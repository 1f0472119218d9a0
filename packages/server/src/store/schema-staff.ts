/** A member of staff of a study, by address in lower case; of all sites when `site` is null. */
export interface MembershipTable {
  readonly study: string;
  readonly email: string;
  readonly role: string;
  readonly site: string | null;
  readonly added_at: number;
  readonly added_by: string;
}

/** Somebody who may open studies. */
interface StudyOpenerTable {
  readonly email: string;
  readonly added_at: number;
}

/** Wrong codes of somebody's second factor in a row, until when it takes none, and a hash of the last code it took. */
interface SecondFactorTable {
  readonly email: string;
  readonly failures: number;
  readonly closed_until: number;
  readonly last_code: string | null;
}

/** A session of staff in which a second factor was shown, and until when that holds without use. */
interface VerifiedSessionTable {
  readonly session: string;
  readonly until: number;
}

/** A passkey of somebody: `id` and `public_key` in base64url, `counter` as its device counts its uses. */
export interface PasskeyTable {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly public_key: string;
  readonly counter: number;
  readonly added_at: number;
  readonly used_at: number | null;
}

/** What the device of a session was asked to sign, and until when that is taken. */
interface PasskeyChallengeTable {
  readonly session: string;
  readonly challenge: string;
  readonly until: number;
}

/** The tables of who may do what. */
export interface StaffTables {
  readonly membership: MembershipTable;
  readonly study_opener: StudyOpenerTable;
  readonly second_factor: SecondFactorTable;
  readonly verified_session: VerifiedSessionTable;
  readonly passkey: PasskeyTable;
  readonly passkey_challenge: PasskeyChallengeTable;
}
