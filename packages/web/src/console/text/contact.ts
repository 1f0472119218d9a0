const fieldNames: Readonly<Record<string, string>> = {
  name: "name",
  email: "e-mail",
  phone: "telephone",
  site: "site",
};

/** The words for how a person is reached. */
export const contactCard = {
  title: "How to reach them",
  text: "A new e-mail address gets a new personal link at once, and the old one is told.",
  unknown: "not known",
  fields: { name: "Name", email: "E-mail", phone: "Telephone", site: "Site" },
  returns: "Mail to this address comes back.",
  disputed: (from: string, to: string, day: string): string =>
    `On ${day} somebody at ${from} said that the change to ${to} was not theirs. Nothing is sent to either address. Ask the person, then save what is right.`,
  change: "Change",
  reason: "Why, and how they asked",
  reasonHint: "Sealed with the person's key: “by phone”.",
  needReason: "Write why, in a few words.",
  save: "Save the change",
  cancel: "Change nothing",
  saved: "Saved.",
  likely: (label: string): string => `${label} has the same name: they may be one person.`,
  toDuplicates: "Look at likely duplicates",
  historyTitle: "What was changed before",
  changed: (field: string, from: string | null, to: string | null): string =>
    `${fieldNames[field] ?? field}: ${from ?? "nothing"} → ${to ?? "nothing"}`,
  by: (who: string): string => (who === "person" ? "by the person" : `by ${who}`),
} as const;
