import type { StudyNames } from "../sentence-input.ts";

/** The names of the flagship study, in English. */
export const pain: StudyNames = {
  outcome: "pain",
  exposure: "exercise",
  period: "weeks",
  sameTime: "in the same week",
  sameTimeLink: "same-week link",
  groups: ["women", "men"],
};

/** The names of the flagship study, in Norwegian. */
export const smerte: StudyNames = {
  outcome: "smerte",
  exposure: "mosjon",
  period: "uker",
  sameTime: "i samme uke",
  sameTimeLink: "sammenhengen i samme uke",
  groups: ["kvinner", "menn"],
};
