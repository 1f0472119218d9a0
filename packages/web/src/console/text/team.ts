import type { Role } from "@longwave/api";

/** What each role is called, and what it may do. */
export const roleWords: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  owner: { name: "Owner", may: "everything, and says who belongs to the team" },
  manager: { name: "Manager", may: "people and their names, the lock, the analysis, publishing" },
  data_entry: { name: "Data entry", may: "people and their names; no results" },
  analyst: { name: "Analyst", may: "the analysis, results after the lock, data files; never names" },
  monitor: { name: "Monitor", may: "reads counts, messages and results; changes nothing, sees no names" },
};

/** Who works on a study. */
export const teamPage = {
  title: "Team",
  lede: "Everyone has one role in this study. Who is not on this list does not see that the study exists.",
  factorNeeded: "Changing the team needs your second factor.",
  toAccount: "Go to your account",
  onlyOwners: "Owners change the team.",
  you: "you",
  allSites: "all sites",
  site: (site: string): string => `site ${site}`,
  added: (at: string, by: string): string => `added ${at} by ${by}`,
  roleOf: (email: string): string => `Role of ${email}`,
  remove: "Take out",
  removeOf: (email: string): string => `Take ${email} out of the team`,
  removeTitle: (email: string): string => `Take ${email} out of the team?`,
  removeText: "They lose the study at once. What they did stays written down.",
  keep: "Keep",
  inviteTitle: "Invite somebody",
  email: "E-mail address",
  emailWrong: "Write the whole address, such as ola@example.org.",
  role: "Role",
  siteLabel: "Site",
  siteHint: "leave empty for all sites",
  invite: "Send the invitation",
  inviting: "Sending…",
  invited: (email: string): string =>
    `${email} belongs to the team. A link to sign in is on its way; it works once.`,
  rolesTitle: "What each role may do",
} as const;

/** Said where names stay hidden. */
export const namesHidden = {
  title: "Names are hidden.",
  text: "Type a code of your second factor to see them.",
  link: "Go to your account",
} as const;
