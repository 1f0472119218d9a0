/** What a member of staff may be in a study. */
export type Role = "owner" | "manager" | "data_entry" | "analyst" | "monitor";

/** Every role, the widest first. */
export const roles: readonly [Role, ...Role[]] = ["owner", "manager", "data_entry", "analyst", "monitor"];

/** Something that may be done in a study. */
export type Permission =
  | "study.read"
  | "study.write"
  | "study.move"
  | "study.lock"
  | "study.publish"
  | "people.list"
  | "people.identities"
  | "people.contact"
  | "people.add"
  | "people.import"
  | "people.links"
  | "people.remove"
  | "people.answers"
  | "people.duplicates"
  | "queries.read"
  | "queries.ask"
  | "recruitment.open"
  | "inbox.read"
  | "messages.read"
  | "messages.send"
  | "plan.deviate"
  | "runs.start"
  | "results.read"
  | "results.people"
  | "comments.read"
  | "comments.decide"
  | "releases.read"
  | "releases.make"
  | "releases.take"
  | "team.read"
  | "team.manage";

/** What a signed-in member of staff needs for an endpoint: a permission in its study, or something outside studies. */
export type Need = Permission | "signed_in" | "open_studies";

/** Who may do it, and whether it asks for a second factor: it shows who somebody is, or decides who may see that. */
export interface Rule {
  readonly roles: readonly Role[];
  readonly secondFactor: boolean;
}

/** Whether somebody is shown names: now, once their second factor is shown, or never in their role. */
export type NamesState = "shown" | "second_factor" | "hidden";

const everyone = roles;
const leading: readonly Role[] = ["owner", "manager"];
const meeting: readonly Role[] = ["owner", "manager", "data_entry"];
const analysing: readonly Role[] = ["owner", "manager", "analyst"];
const numbers: readonly Role[] = ["owner", "manager", "analyst", "monitor"];

const plain = (those: readonly Role[]): Rule => ({ roles: those, secondFactor: false });
const personal = (those: readonly Role[]): Rule => ({ roles: those, secondFactor: true });

/**
 * The one table of rules: what each role may do in a study it belongs to. A study that somebody does not belong to
 * looks to them as if it did not exist. An owner is a manager who also appoints the others.
 */
export const rules: Readonly<Record<Permission, Rule>> = {
  "study.read": plain(everyone),
  "study.write": plain(leading),
  "study.move": plain(leading),
  "study.lock": plain(leading),
  "study.publish": plain(leading),
  "people.list": plain(everyone),
  "people.identities": personal(meeting),
  "people.contact": personal(leading),
  "people.add": personal(meeting),
  "people.import": personal(leading),
  "people.links": personal(meeting),
  "people.remove": personal(meeting),
  "people.answers": personal(meeting),
  "people.duplicates": personal(leading),
  "queries.read": personal(["owner", "manager", "data_entry", "monitor"]),
  "queries.ask": personal(["owner", "manager", "monitor"]),
  "recruitment.open": plain(leading),
  "inbox.read": personal(meeting),
  "messages.read": plain(["owner", "manager", "data_entry", "monitor"]),
  "messages.send": plain(leading),
  "plan.deviate": plain(analysing),
  "runs.start": plain(analysing),
  "results.read": plain(numbers),
  "results.people": plain(analysing),
  "comments.read": plain(["owner", "manager", "monitor"]),
  "comments.decide": plain(leading),
  "releases.read": plain(numbers),
  "releases.make": plain(leading),
  "releases.take": plain(analysing),
  "team.read": plain(everyone),
  "team.manage": personal(["owner"]),
};

/** Whether a role may do something. */
export function may(role: Role, permission: Permission): boolean {
  return rules[permission].roles.includes(role);
}
