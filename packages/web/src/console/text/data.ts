/** The words of the page for a study's own data. */
export const dataPage = {
  title: "Data",
  notLockedTitle: "Not yet.",
  notLocked:
    "The answers can be downloaded when the data are locked. Until then nobody looks at results, so that the plan stays a plan.",
  toLock: "Go to the lock",
  what: "All tables, as they stood at the lock",
  tables: [
    "People: one row for each person invited",
    "Forms: one row for each person and wave, with when it was begun, answered and finished",
    "Sessions and rests: one row for each that was logged",
    "Messages: one row for each that was decided, with when it was sent",
  ],
  formats:
    "Each as CSV and Parquet. Where an answer is missing, a column beside it says why. A codebook says what every column and code means, and load.R reads it all into R with labels and factors.",
  personal:
    "Names, addresses and free words are in none of them. They are the answers of people all the same: keep them safe, and do not hand them on. For other researchers:",
  toRelease: "make a release",
  download: "Download the data (zip)",
  hint: "Takes some seconds. Every download is written down.",
} as const;
