/** Where a person lives, and where they have moved since, in the order of their moves. */
interface Whereabouts<Zone extends string | undefined> {
  readonly timeZone: Zone;
  readonly moves?: readonly { readonly timeZone: string }[];
}

/** The time zone a person is in now: that of their last move, or the one they joined in. */
export function currentZone<Zone extends string | undefined>({
  timeZone,
  moves,
}: Whereabouts<Zone>): Zone | string {
  return moves?.at(-1)?.timeZone ?? timeZone;
}

/** Whether a text names a time zone of the IANA database, such as Europe/Oslo. */
export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }) !== undefined;
  } catch {
    return false;
  }
}
