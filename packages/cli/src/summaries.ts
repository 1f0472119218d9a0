/** What each command is for, in a line: the program's help must not wait for the commands to load. */
export const SUMMARIES = {
  fit: "Fit a mixed or panel model, written as in lme4, to a CSV or Parquet file",
  sums: "Add up a panel for a model, so that sums leave the house and rows do not",
  cube: "Make one row for each person of a large file, once, so that models of it need one pass",
  shard: "Print the SQL that lets the servers of a sharded table add up their own rows",
  riclpm: "Fit a random-intercept cross-lagged panel model of two series to long or wide data",
  power: "Say how many people a study needs, by simulation from a stated truth or without",
  analyse: "Run a study's plan, or one of your own, on a data file and write the findings as a page",
  verify: "Run a sealed bundle's plan again on the data, and say the same or what differs",
  check: "Name every mistake of a study text in place, or say what it says: days, minutes, words",
  plan: "Write a first plan for your own data, or a plan as an OSF preregistration",
  release: "Make a data file into de-identified files for other researchers, with a privacy report",
  export: "Write the tables of a study on a server as CSV and Parquet, with a codebook and a script for R",
  import: "Take people and answers of a file into a study on a server, after showing what it holds",
  strobe: "Write the reporting list (STROBE) of a sealed bundle, with what is left to the authors marked",
  simulate: "Make simulated people answer a protocol, in its own codes, from a stated truth",
  serve: "Run the server: take part, run the study, read the findings",
  audit: "Check that nobody has changed the audit of a store, or name the first line that was",
  backup: "Copy a server's data into one file, while the server runs",
  restore: "Make a backup into a data folder again, without those who have left since",
  doctor: "Look over a server's data: files, room, keys, mail, clock, stuck jobs, messages",
  bounces: "Read mail that came back, and show which messages reached nobody",
  rekey: "Put a new master key in the place of the one of a store",
  "sign-in": "Print a fresh one-time sign-in link for someone who runs the study",
} as const;

export type CommandName = keyof typeof SUMMARIES;
