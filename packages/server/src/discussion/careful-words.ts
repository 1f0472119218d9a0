/** Words that may speak of danger to life, by language; a person reads such a comment first, and help is shown at once. */
const DANGER: readonly RegExp[] = [
  /\bsuicid/i,
  /\bkill(ing)? (myself|himself|herself)\b/i,
  /\bend (my life|it all)\b/i,
  /\b(want|wish) to die\b/i,
  /\bself[- ]?harm/i,
  /\bhurt(ing)? myself\b/i,
  /\bselvmord/i,
  /\bta livet (av|mitt)\b/i,
  /\b(vil|ønsker å) dø\b/i,
  /\bselvskad/i,
  /\bchest pain\b/i,
  /\bbrystsmerter?\b/i,
];

/** Words with which people ask what they should do about their own health. */
const ADVICE: readonly RegExp[] = [
  /\bshould i\b/i,
  /\bwhat (can|should) i (do|take)\b/i,
  /\bhow much .{0,30}\b(can|should) i take\b/i,
  /\bmy doctor\b/i,
  /\b(stop|stopped) taking\b/i,
  /\bbør jeg\b/i,
  /\bhva (kan|bør|skal) jeg (gjøre|ta)\b/i,
  /\b(legen|fastlegen) min\b/i,
];

/** What a comment needs: help at once, the team's eyes, or nothing in particular. */
export function careNeeded(body: string): "danger" | "advice" | null {
  if (DANGER.some((pattern) => pattern.test(body))) return "danger";
  return ADVICE.some((pattern) => pattern.test(body)) ? "advice" : null;
}

/** Whether a text holds a web address. */
export function hasLink(body: string): boolean {
  return /https?:\/\/|www\.|\b[a-z0-9-]+\.(com|net|org|info|biz|no|io|shop|ru|top|xyz)\b/i.test(body);
}
