/** One item of the STROBE checklist for cohort studies: what it asks, in our own words. */
export interface ChecklistItem {
  readonly id: string;
  readonly section: "Title and summary" | "Introduction" | "Methods" | "Results" | "Discussion" | "Other";
  readonly topic: string;
  readonly asks: string;
}

/**
 * The 22 items with their parts, for cohort studies.
 *
 * von Elm E, Altman DG, Egger M, Pocock SJ, Gøtzsche PC, Vandenbroucke JP. The Strengthening the Reporting of
 * Observational Studies in Epidemiology (STROBE) statement. PLoS Med 2007;4(10):e296. Wording ours.
 */
export const checklist: readonly ChecklistItem[] = [
  item("1a", "Title and summary", "Title", "Is the kind of study named in the title or the summary?"),
  item("1b", "Title and summary", "Summary", "Does the summary say what was done and what was found?"),
  item("2", "Introduction", "Background", "Why was the study done, and what was known before?"),
  item("3", "Introduction", "Aims", "Which aims and hypotheses were set beforehand?"),
  item("4", "Methods", "Design", "Are the main points of the design given early?"),
  item("5", "Methods", "Setting", "Where and when: places, dates of recruitment, of follow-up, of data?"),
  item("6a", "Methods", "People", "Who could take part, where were they found, how were they followed?"),
  item("6b", "Methods", "Matching", "If people were matched: by what, and how many with each exposure?"),
  item("7", "Methods", "Variables", "Are outcomes, exposures, confounders and modifiers defined?"),
  item("8", "Methods", "Measurement", "How was each variable measured, and alike in all groups?"),
  item("9", "Methods", "Bias", "What was done about possible sources of bias?"),
  item("10", "Methods", "Size", "How was the size of the study arrived at?"),
  item("11", "Methods", "Numbers", "How were numbers handled; which categories were chosen, and why?"),
  item("12a", "Methods", "Analysis", "Which statistical methods, and how was confounding dealt with?"),
  item("12b", "Methods", "Groups", "How were groups and interactions examined?"),
  item("12c", "Methods", "Missing values", "How were missing values dealt with?"),
  item("12d", "Methods", "Loss", "How was loss to follow-up dealt with?"),
  item("12e", "Methods", "Sensitivity", "Which sensitivity analyses were made?"),
  item("13a", "Results", "Numbers of people", "How many people were there at each stage?"),
  item("13b", "Results", "Reasons", "Why did people not take part at each stage?"),
  item("13c", "Results", "Flow", "Is there a flow diagram?"),
  item("14a", "Results", "Characteristics", "Who are the people, and what about exposures and confounders?"),
  item("14b", "Results", "Missing data", "For how many is each variable missing?"),
  item("14c", "Results", "Follow-up", "How long were people followed, on average and in all?"),
  item("15", "Results", "Outcome", "How many outcomes were there, or how is the outcome over time?"),
  item(
    "16a",
    "Results",
    "Estimates",
    "Estimates before and after adjustment, with intervals; adjusted for what?",
  ),
  item("16b", "Results", "Categories", "Where numbers were cut into categories: what are the limits?"),
  item("16c", "Results", "Absolute terms", "Are relative measures given in absolute terms for a fit period?"),
  item(
    "17",
    "Results",
    "Other analyses",
    "Which other analyses were made: groups, interactions, sensitivity?",
  ),
  item("18", "Discussion", "Key results", "What are the key results, set beside the aims?"),
  item("19", "Discussion", "Limitations", "What limits the study; which way and how large may bias be?"),
  item("20", "Discussion", "Interpretation", "What do the results mean, with care, beside other evidence?"),
  item("21", "Discussion", "Generalisability", "To whom else may the results apply?"),
  item("22", "Other", "Funding", "Who paid, and what part did they have in the study?"),
];

function item(id: string, section: ChecklistItem["section"], topic: string, asks: string): ChecklistItem {
  return { id, section, topic, asks };
}
