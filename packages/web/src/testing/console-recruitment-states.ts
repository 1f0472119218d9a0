import type { LikelyDuplicate, RecruitmentPage } from "@longwave/api";
import { running, seen, study } from "./console-fixtures.ts";
import type { DesignedState } from "./designed-state.ts";

const day = (date: string, counts: readonly number[]): RecruitmentPage["days"][number] => {
  const [invited = 0, opened = 0, eligible = 0, ineligible = 0, consented = 0] = counts;
  return { day: date, invited, opened, eligible, ineligible, consented };
};

const full: RecruitmentPage = {
  link: {
    address: "https://study.example.org/join/demo",
    state: "open",
    switchedOn: true,
    changedAt: Date.parse("2026-11-02T09:00:00Z"),
    places: 6000,
    mostPerDay: 300,
  },
  target: 2600,
  invited: 6419,
  joinedOpenly: 219,
  consented: 1187,
  days: [
    day("2026-11-02", [6200, 40, 22, 6, 310]),
    day("2026-11-03", [31, 55, 40, 9, 402]),
    day("2026-11-05", [88, 120, 96, 14, 300]),
    day("2026-11-09", [100, 131, 110, 11, 175]),
  ],
  reasons: [
    { id: "adult", reason: "The study is for people who are 18 or older.", times: 12 },
    {
      id: "reachable",
      reason: "We ask the same people five times in a year, and we ask by e-mail.",
      times: 28,
    },
  ],
};

const pair = (verdict?: LikelyDuplicate["verdict"]): LikelyDuplicate => ({
  person: { id: "a", label: "Kari Nordmann", number: 12 },
  other: {
    id: verdict === undefined ? "b" : "c",
    label: "kari nordmann",
    number: verdict === undefined ? 4018 : 4100,
  },
  ...(verdict === undefined ? { bornIn: 1958 } : { verdict }),
});

const base = "GET /api/studies/try/recruitment";

/** The states of the page on recruitment. */
export const recruitmentStates: readonly DesignedState[] = [
  {
    name: "recruitment",
    address: "/console/#/studies/try/recruitment",
    script: {
      ...study(running),
      [base]: { body: full },
      [`${base}/duplicates`]: { body: { duplicates: [pair(), pair("different")] } },
    },
    heading: "Recruitment",
    reach: seen("both born in 1958"),
  },
  {
    name: "recruitment-empty",
    address: "/console/#/studies/try/recruitment",
    script: {
      ...study(running),
      [base]: {
        body: { target: 2600, invited: 0, joinedOpenly: 0, consented: 0, days: [], reasons: [] },
      },
      [`${base}/duplicates`]: { body: { duplicates: [] } },
    },
    heading: "Recruitment",
    reach: seen("Nobody has the same name"),
  },
  {
    name: "recruitment-error",
    address: "/console/#/studies/try/recruitment",
    script: { ...study(running), [base]: "no connection" },
    heading: "Recruitment",
    reach: seen("This could not be fetched."),
  },
];
