import type { Language } from "@longwave/api";
import type { HardText, LanguageReading, OutlineWave, StudyOutline, StudyProblem } from "@longwave/study";

/** To the half minute: closer would be a promise the estimate cannot keep. */
function half(seconds: number): string {
  return String(Math.max(0.5, Math.round(seconds / 30) / 2));
}

const languages: Readonly<Record<Language, string>> = { en: "English", nb: "Norwegian" };

/** Words of the page where a study is written. */
export const writing = {
  title: "Text",
  lede: "Everything the study is, as one text: questions, days, messages, consent and the plan of the analysis.",
  opened: "The study has been opened, so this text stands. Here you can read it and try its form.",
  editorLabel: "Text of the study",
  keys: "Tab leaves the text. F8 goes to the next mistake, Ctrl S saves, Ctrl F finds. The text is checked as you write, in this browser.",
  save: "Save the draft",
  saving: "Saving …",
  saved: "Saved.",
  unsaved: "Not saved yet. What you typed is kept in this browser.",
  unsavedHere: "You typed this here earlier and did not save it. It was kept in this browser.",
  cannotKeep: "Not saved yet, and this browser keeps nothing: save before you leave the page.",
  discard: "Go back to the saved text",
  conflictTitle: "Somebody else saved this text while you were writing.",
  conflictText: "Nothing is lost: yours is still here and theirs is on the server. Choose which one goes on.",
  takeTheirs: "Keep mine as a file, and load theirs",
  takeMine: "Save mine over theirs",
  notSaved: "The draft was not saved.",
  problems: "Mistakes",
  problemCount: (count: number): string =>
    count === 0 ? "No mistakes." : count === 1 ? "1 mistake." : `${count} mistakes.`,
  goTo: ({ line = 1, path }: StudyProblem): string => {
    const field = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
    return `Line ${line}${field === "" ? "" : `: ${field.replace(/^\./, "")}`}`;
  },
  problem: ({ expected, found, remedy }: StudyProblem): string =>
    `Expected ${expected}; found ${found}. ${remedy}`,
  preview: "As people see it",
  previewTitle: "The participant's page",
  previewSaves: "This is the participant's own page. You can answer in it: nothing is saved.",
  noPreview: "The form shows here once the text has no mistakes.",
  oldPreview: "The last text without mistakes is shown.",
  part: "Show",
  fromConsent: "From the consent on",
  language: "Language",
  languages: languages as Readonly<Record<Language, string>>,
  again: "Start again",
  says: "What the text says",
  waves: "Waves: days, questions, minutes, messages",
  joins: (day: string, zone: string): string => `For someone who joins on ${day}, in ${zone}:`,
  columns: ["Wave", "Open", "Questions", "Minutes", "Messages"],
  until: (day: string): string => `to ${day}`,
  noMessages: "none",
  minutes: ({ seconds, consentSeconds, promisedMinutes }: OutlineWave): string => {
    const [least, most] = [seconds.shortest, seconds.longest].map((each) => half(each + consentSeconds));
    return `${least === most ? most : `${least} to ${most}`} (promised: ${promisedMinutes})`;
  },
  reading: ({ language, consent, questions }: LanguageReading): string =>
    `Reading level in ${languages[language]}: consent ${consent.score.toFixed(1)}, questions ${questions.score.toFixed(1)} (${consent.measure}; for everyone at most ${consent.limit}).`,
  hardest: "The hardest texts",
  hardText: ({ text, score, fixed }: Omit<HardText, "path">): string =>
    `${score.toFixed(1)}: “${text}”${fixed ? " (words of a scale that may not be changed)" : ""}`,
  lookAt: "To look at before people are asked",
  overPromise: ({ label, promisedMinutes, seconds, consentSeconds }: OutlineWave): string =>
    `${label.en} promises ${promisedMinutes} minutes and may take ${half(seconds.longest + consentSeconds)}.`,
  unconfirmed: ({ language, instruments }: StudyOutline["unconfirmed"][number]): string =>
    `${languages[language]} is not offered until a named person has confirmed the words of ${instruments.join(", ")}.`,
  tooHard: ({ language, consent, questions }: LanguageReading): readonly string[] =>
    Object.entries({ consent, questions })
      .filter(([, { score, limit }]) => score > limit)
      .map(
        ([name]) => `The ${name} in ${languages[language]} is hard to read: use shorter words and sentences.`,
      ),
  hash: (hash: string): string => `Fingerprint of this text: ${hash}`,
  openTitle: "Open recruitment",
  openText:
    "From then on people can be added and invited. The plan is locked, and every later change is an amendment with a reason.",
  openButton: "Open recruitment",
  inTheWay: "What stands in the way",
  wayMistakes: (count: number): string => `${count === 1 ? "1 mistake" : `${count} mistakes`} in the text.`,
  wayUnsaved: "The text is not saved.",
  openDialog: "Open recruitment?",
  openConfirm: "Open recruitment",
  openNot: "Not yet",
  notOpened: "The study was not opened.",
} as const;
