/**
 * A change of a person's e-mail address: `waiting` for the code sent to the new one, `dropped` when another took its
 * place or it ran out, `done`, `disputed` when the old address said that it was not them, and `settled` once the team or a later
 * change has decided. Both addresses are sealed with the person's key; the row goes when nobody can object any more.
 */
export interface AddressChangeTable {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly state: string;
  readonly new_email: string | null;
  readonly old_email: string | null;
  readonly made_at: number;
  /** Until when the code can be typed, and from then on until when the old address can object. */
  readonly expires_at: number;
  readonly tries: number;
  readonly settled_at: number | null;
}

/** The tables of how people are reached. */
export interface ContactTables {
  readonly address_change: AddressChangeTable;
}
