import { count, people, share } from "./en.ts";

/** How people come into a study. */
export const recruitmentPage = {
  title: "Recruitment",
  linkTitle: "The open link",
  states: {
    open: "The link is open: anyone who has the address can join.",
    not_open: "The link is not open yet. The page says so to whoever comes.",
    paused: "The link is closed for now. The page says that the study takes a break.",
    full: "The link is closed: all places are taken.",
    closed: "The link is closed: the study takes no more people.",
    today: "So many have joined within a day that the link is closed until tomorrow.",
  },
  none: "The text of this study has no open link: people come by invitation only. To have one, write recruitment.open into the study text.",
  address: "Address",
  limits: (places: number | undefined, mostPerDay: number): string =>
    `${places === undefined ? "No limit of places" : `${count(places)} places`}; at most ${people(mostPerDay)} a day.`,
  changed: (at: string): string => `Last switched ${at}.`,
  open: "Open the link",
  shut: "Close the link",
  busy: "Switching…",
  soFar: "So far",
  sum: (consented: number, target: number): string =>
    `${people(consented)} consented. The plan asks for ${count(target)} who answer at least once: ${share(consented, target)} so far.`,
  came: (invited: number, openly: number): string =>
    openly === 0
      ? `${people(invited)} in the study, all invited.`
      : `${people(invited)} in the study: ${count(invited - openly)} invited, ${count(openly)} by the open link.`,
  curve: (consented: number, target: number): string =>
    `People who consented, added up by day, against the ${count(target)} of the plan: ${count(consented)} by the last day.`,
  curveTarget: (target: number): string => `plan: ${count(target)}`,
  why: "Why people could not take part",
  whyNone: "The study text turns nobody away.",
  whyText: "Nothing else is kept of those who could not take part.",
  times: (times: number): string => `${count(times)} ${times === 1 ? "time" : "times"}`,
  series: {
    invited: "Added",
    opened: "Page opened (times)",
    eligible: "Could take part",
    ineligible: "Could not",
    consented: "Consented",
  },
  duplicates: "Who may be there twice",
  duplicatesText:
    "These have the same name, and no years of birth are known that differ. Nobody is merged: if they are one person, ask which link they use, and let the other one leave.",
  duplicatesNone: "Nobody has the same name as someone else.",
  bornIn: (year: number): string => `both born in ${year}`,
  pair: (one: number, other: number): string => `Person ${one} and person ${other}`,
  same: "One person",
  different: "Two people",
  said: { same: "Marked as one person", different: "Marked as two people" },
} as const;
