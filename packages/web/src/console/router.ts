/** The pages of a study. */
export type StudyPage =
  | "today"
  | "overview"
  | "people"
  | "person"
  | "form"
  | "consent"
  | "add"
  | "import"
  | "letters"
  | "recruitment"
  | "inbox"
  | "text"
  | "plan"
  | "analysis"
  | "reporting"
  | "lock"
  | "publish"
  | "discussion"
  | "release"
  | "data"
  | "messages"
  | "calendar"
  | "team"
  | "changes"
  | "settings";

/** Where the address points. */
export type Route =
  | { readonly kind: "studies" }
  | { readonly kind: "new_study" }
  | { readonly kind: "account" }
  | { readonly kind: "sign_in"; readonly token: string }
  | {
      readonly kind: "study";
      readonly study: string;
      readonly page: StudyPage;
      /** On the pages of one person and of one of their forms. */
      readonly person?: string;
      readonly wave?: string;
      /** Which of the things on the page are asked for, such as people in one state. */
      readonly show?: string;
    }
  | { readonly kind: "unknown" };

const pages: Readonly<Record<string, StudyPage>> = {
  "": "today",
  progress: "overview",
  people: "people",
  "people/add": "add",
  "people/import": "import",
  "people/letters": "letters",
  recruitment: "recruitment",
  inbox: "inbox",
  text: "text",
  plan: "plan",
  analysis: "analysis",
  reporting: "reporting",
  lock: "lock",
  publish: "publish",
  discussion: "discussion",
  release: "release",
  data: "data",
  messages: "messages",
  calendar: "calendar",
  team: "team",
  changes: "changes",
  settings: "settings",
};

/** Reads the fragment of an address, such as "#/studies/try/people". */
export function routeOf(fragment: string): Route {
  const path = fragment.replace(/^#\/?/, "");
  const token = /^sign-in=(.+)$/.exec(path)?.[1];
  if (token !== undefined) return { kind: "sign_in", token: decodeURIComponent(token) };
  if (path === "" || path === "studies") return { kind: "studies" };
  if (path === "new") return { kind: "new_study" };
  if (path === "account") return { kind: "account" };
  const [, study, rest = ""] = /^studies\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  const [, person, wave] = /^person\/([^/]+)(?:\/([^/]+))?$/.exec(rest) ?? [];
  if (study !== undefined && person !== undefined) return routeOfPerson(study, person, wave);
  const [, agreeing] = /^consent\/([^/]+)$/.exec(rest) ?? [];
  if (study !== undefined && agreeing !== undefined)
    return { ...routeOfPerson(study, agreeing, undefined), page: "consent" };
  const [place = "", show] = rest.split("?show=");
  const page = pages[place];
  if (study === undefined || page === undefined) return { kind: "unknown" };
  const shown = show === undefined ? {} : { show: decodeURIComponent(show) };
  return { kind: "study", study: decodeURIComponent(study), page, ...shown };
}

function routeOfPerson(
  study: string,
  person: string,
  wave: string | undefined,
): Extract<Route, { readonly kind: "study" }> {
  const here = {
    kind: "study" as const,
    study: decodeURIComponent(study),
    person: decodeURIComponent(person),
  };
  if (wave === undefined) return { ...here, page: "person" };
  return { ...here, page: "form", wave: decodeURIComponent(wave) };
}

/** The address of one person of a study, or of one of their forms. */
export function addressOfPerson(study: string, person: string, wave?: string): string {
  const form = wave === undefined ? "" : `/${encodeURIComponent(wave)}`;
  return `#/studies/${encodeURIComponent(study)}/person/${encodeURIComponent(person)}${form}`;
}

/** The address of a person's consent on paper. */
export function addressOfConsent(study: string, person: string): string {
  return `#/studies/${encodeURIComponent(study)}/consent/${encodeURIComponent(person)}`;
}

/** The address of a page of a study, and of what is asked for on it. */
export function addressOf(
  study: string,
  page: Exclude<StudyPage, "person" | "form" | "consent">,
  show?: string,
): string {
  const rest = Object.entries(pages).find(([, name]) => name === page)?.[0] ?? "";
  const asked = show === undefined ? "" : `?show=${encodeURIComponent(show)}`;
  return `#/studies/${encodeURIComponent(study)}${rest === "" ? "" : `/${rest}`}${asked}`;
}
