import { canonicalJson } from "../canonical/json.ts";
import type { StudyProblem } from "../errors.ts";
import type { ItemText, Language, LocalText, Protocol, WaveText } from "../protocol/types.ts";
import { eventItems, type PlacedItem, waveItems } from "../protocol/variables.ts";
import { contactKind } from "../schedule/contact-kinds.ts";

/** What has happened in a study, so that an amendment cannot change it any more. */
export interface StudySoFar {
  /** Every text that was in force before the one in force, the oldest first. */
  readonly earlier: readonly Protocol[];
  /** Items with an answer. */
  readonly answered: ReadonlySet<string>;
  /** Waves that have been open for somebody, or have an answer. */
  readonly begun: ReadonlySet<string>;
  /** Languages in which people take part. */
  readonly languages: ReadonlySet<Language>;
}

type Path = StudyProblem["path"];

/**
 * What an amendment may not do, each with its place and the reason: nothing that was answered, asked or agreed to may
 * come to mean something else. New labels are fine, and a question may leave every wave: its answers and column stay.
 * One that is brought back is set beside the latest text that had it, words and all, since a reader of the amendment
 * sees it as new and not what became of its words.
 */
export function checkAmendment(
  before: Protocol,
  after: Protocol,
  { earlier, answered, begun, languages }: StudySoFar,
): readonly StudyProblem[] {
  const texts = [...earlier, before];
  return [
    ...checkIdentity(before, after),
    ...[...languages].flatMap((language) => checkLanguage(after, language)),
    ...[...answered].flatMap((item) => checkItem(texts, after, item)),
    ...before.waves.flatMap((wave, index) =>
      begun.has(wave.id) ? checkWave(texts, after, wave, index) : [],
    ),
    ...renamedMessages(
      texts.map(({ recruitment }) => recruitment.contacts),
      after.recruitment.contacts,
      ["recruitment", "contacts"],
    ),
    ...checkConsentVersion(before, after),
  ];
}

function refused(path: Path, expected: string, found: string, remedy: string): StudyProblem {
  return { code: "amendment.not-allowed", path, expected, found, remedy };
}

function checkIdentity(before: Protocol, after: Protocol): readonly StudyProblem[] {
  const problems: StudyProblem[] = [];
  if (after.id !== before.id)
    problems.push(
      refused(
        ["id"],
        `the id “${before.id}”, by which data and publications name the study`,
        `“${after.id}”`,
        "Keep the id; the title can change.",
      ),
    );
  if ((after.simulated === true) !== (before.simulated === true))
    problems.push(
      refused(
        ["simulated"],
        "what people were told from the beginning",
        String(after.simulated === true),
        "Simulated people cannot become real ones, nor the other way round.",
      ),
    );
  if (!isLater(after.version, before.version))
    problems.push(
      refused(
        ["version"],
        `a version after ${before.version}`,
        after.version,
        "Raise it: the last number for words, the middle one for questions or times.",
      ),
    );
  return problems;
}

function isLater(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split(".").map(Number));
  const at = one?.findIndex((part, index) => part !== other?.[index]) ?? -1;
  return at !== -1 && (one?.[at] ?? 0) > (other?.[at] ?? 0);
}

function checkLanguage(after: Protocol, language: Language): readonly StudyProblem[] {
  if (after.languages.includes(language)) return [];
  return [
    refused(
      ["languages"],
      `${language}, in which people take part`,
      after.languages.join(", "),
      "Keep the language; new people can be given others.",
    ),
  ];
}

function placed(protocol: Protocol, id: string): PlacedItem | undefined {
  return waveItems(protocol).get(id) ?? eventItems(protocol).get(id);
}

function checkItem(texts: readonly Protocol[], after: Protocol, id: string): readonly StudyProblem[] {
  const now = placed(after, id);
  const old = texts.flatMap((text) => placed(text, id) ?? []).at(-1);
  // Gone from the text: its column is made from the versions that had it.
  if (old === undefined || now === undefined) return [];
  const path = pathOf(after, now);
  const problems: StudyProblem[] = [];
  const keep = (field: string, was: string, is: string, why: string): void => {
    if (was !== is) problems.push(refused([...path, field], `${was}, ${why}`, is, NEW_ITEM));
  };
  keep("kind", old.item.kind, now.item.kind, "as it was when people answered it");
  keep("level", old.item.level, now.item.level, "as it was when people answered it");
  keep("options", codesOf(old.item), codesOf(now.item), "the codes of answers that have been given");
  keep(
    "trigger",
    old.instrument.trigger ?? "a wave",
    now.instrument.trigger ?? "a wave",
    "where people answered it",
  );
  keep("once", String(old.instrument.once === true), String(now.instrument.once === true), "as it was asked");
  const isBack = !texts.slice(-1).some((text) => placed(text, id));
  const [said, says] = [wordsOf(old.item, isBack), wordsOf(now.item, isBack)];
  for (const [field, was] of said) {
    const is = says.get(field);
    if (is === undefined || problems.length > 0) continue;
    keep(field, inBoth(was, is), inBoth(is, was), isBack ? AS_ASKED : "in which people answered it");
  }
  return problems;
}

const AS_ASKED =
  "the words of the question of this name that people have answered, which this one brings back";

/** What says in which unit people answered; of a question that comes back, also its words and those of its answers. */
function wordsOf(item: ItemText, isBack: boolean): ReadonlyMap<string, LocalText> {
  const words = new Map<string, LocalText>();
  if ("unit" in item && item.unit !== undefined) words.set("unit", item.unit);
  if (!isBack) return words;
  words.set("text", item.text);
  if (item.kind === "scale") words.set("lowText", item.lowText).set("highText", item.highText);
  if ("options" in item)
    for (const { value, text } of item.options) words.set(`the words of option ${value}`, text);
  return words;
}

/** The words in every language that both have: a translation may be added. */
function inBoth(text: LocalText, other: LocalText): string {
  return [text.en, ...(text.nb !== undefined && other.nb !== undefined ? [text.nb] : [])]
    .map((words) => `“${words}”`)
    .join(" and ");
}

const NEW_ITEM =
  "Leave it as it is, or ask a new question with an id of its own; words and labels can change.";

/** The codes an item's answers can have, as one text. */
function codesOf(item: ItemText): string {
  if ("options" in item) return `codes ${item.options.map(({ value }) => value).join(", ")}`;
  return item.kind === "scale" ? `${item.min} to ${item.max}` : "any value";
}

function pathOf(protocol: Protocol, { item, instrument }: PlacedItem): Path {
  const at = protocol.instruments.indexOf(instrument);
  return ["instruments", at, "items", instrument.items.indexOf(item)];
}

function checkWave(
  texts: readonly Protocol[],
  after: Protocol,
  wave: WaveText,
  index: number,
): readonly StudyProblem[] {
  const now = after.waves[index];
  if (now?.id !== wave.id) {
    const found = now === undefined ? "no wave" : `“${now.id}”`;
    return [
      refused(
        ["waves", index, "id"],
        `“${wave.id}”, to which people have been asked, in its place`,
        found,
        "Keep its id and its place; its label can change, and new waves go after those that have begun.",
      ),
    ];
  }
  const earlier = texts.map(({ waves }) => waves.find(({ id }) => id === wave.id)?.messages ?? []);
  return renamedMessages(earlier, now.messages, ["waves", index, "messages"]);
}

type Messages = readonly { readonly template: string }[];

/** New names of a kind of which an earlier text had a name that is gone: what was sent under that would be sent again. */
function renamedMessages(earlier: readonly Messages[], after: Messages, path: Path): readonly StudyProblem[] {
  const known = new Set(earlier.flat().map(({ template }) => template));
  const gone = [...known].filter((name) => !after.some(({ template }) => template === name));
  return after.flatMap(({ template }, at) => {
    const same = gone.filter((name) => contactKind(name) === contactKind(template));
    if (known.has(template) || same.length === 0) return [];
    return [
      refused(
        [...path, at, "template"],
        `the names of messages that may have been sent: ${same.map((name) => `“${name}”`).join(", ")}`,
        `“${template}” in the place of one of the same kind`,
        "Take that name and move its day: under another name it would be sent again.",
      ),
    ];
  });
}

/** The words people consented to have a version; other words have another. */
function checkConsentVersion(before: Protocol, after: Protocol): readonly StudyProblem[] {
  const { version: was, changes: _old, ...words } = before.consent;
  const { version: is, changes, ...others } = after.consent;
  if (is < was || (is === was && canonicalJson(words) !== canonicalJson(others)))
    return [
      refused(
        ["consent", "version"],
        is < was ? `${was} or more` : `a version after ${was}, as the words of the consent have changed`,
        String(is),
        "Raise it: who consented to the old words is then asked anew.",
      ),
    ];
  if (is > was && changes === undefined)
    return [
      refused(
        ["consent", "changes"],
        "what has changed, in words for those who are asked to consent anew",
        "nothing",
        "Add `changes` to the consent: one short sentence for each change.",
      ),
    ];
  return [];
}
