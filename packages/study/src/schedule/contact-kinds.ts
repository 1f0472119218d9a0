/** What a contact says. Names in a protocol are a kind, with a number where there are several: `reminder_2`. */
export type ContactKind =
  | "invitation"
  | "invitation_reminder"
  | "wave_open"
  | "reminder"
  | "last_reminder"
  | "finish"
  | "consent_again";

/** Contacts of people who were invited and have not joined. */
export const recruitmentKinds: readonly ContactKind[] = ["invitation", "invitation_reminder"];
/** Contacts of a wave. */
export const waveKinds: readonly ContactKind[] = ["wave_open", "reminder", "last_reminder", "finish"];

/** Every kind of contact. That consent is asked anew is not written in a protocol: an amendment decides it. */
export const contactKinds: readonly ContactKind[] = [...recruitmentKinds, ...waveKinds, "consent_again"];

/** The kind of a contact by its name in the protocol; undefined when it names none. */
export function contactKind(contact: string): ContactKind | undefined {
  const stem = contact.replace(/_\d+$/, "");
  return contactKinds.find((kind) => kind === stem);
}
