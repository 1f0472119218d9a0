/** The words of the page of the reporting list. */
export const reportingPage = {
  title: "Reporting list",
  about:
    "What a paper on a cohort study has to say (STROBE, 22 items), filled with this study's own facts. What is a matter of judgement is marked and left to you.",
  blind:
    "The study is running: whatever would show a result is hidden until two people have locked the data.",
  madeAt: (at: string): string => `From the run that ended ${at}. Run the analysis again for newer numbers.`,
  open: "Open the list (for Word)",
  markdown: "Download as Markdown",
  file: "strobe.md",
  items: "All items",
  head: { item: "Item", topic: "Topic", state: "State" },
  states: {
    filled: "Filled",
    partly: "Partly: the rest is for the authors",
    unfilled: "Unfilled: for the authors",
    hidden: "Hidden until the lock",
  },
  emptyTitle: "There is no list yet.",
  empty: "It is made with every run.",
  toAnalysis: "Go to the analysis",
};
