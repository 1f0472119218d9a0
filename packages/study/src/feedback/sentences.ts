import type { LocalText } from "../protocol/types.ts";

/** One sentence the page may say, and the places in it that are filled in. */
export interface HouseSentence extends LocalText {
  readonly nb: string;
  readonly places: readonly string[];
}

/** Every sentence of personal feedback that does not belong to one measure. */
export interface HouseSentences {
  readonly roundsDone: HouseSentence;
  readonly notHeard: HouseSentence;
  readonly nothingYet: HouseSentence;
  readonly skipped: HouseSentence;
  readonly tooFew: HouseSentence;
  readonly answeredOnce: HouseSentence;
  readonly answered: HouseSentence;
  readonly couldBeChance: HouseSentence;
  readonly beyondChance: HouseSentence;
  readonly sideBySide: HouseSentence;
  readonly upAndDown: HouseSentence;
  readonly otherThings: HouseSentence;
  readonly record: HouseSentence;
  readonly flareUps: HouseSentence;
  readonly roundOpen: HouseSentence;
  readonly groupLater: HouseSentence;
  readonly groupOut: HouseSentence;
  readonly bandPeople: HouseSentence;
  readonly bandEveryone: HouseSentence;
  readonly bandHalf: HouseSentence;
  readonly bandOne: HouseSentence;
  readonly bandHidden: HouseSentence;
  readonly sessionsOffer: HouseSentence;
  readonly sessionsFew: HouseSentence;
  readonly restsFew: HouseSentence;
  readonly sessionsLater: HouseSentence;
  readonly sessionsAlike: HouseSentence;
  readonly sessionRange: HouseSentence;
  readonly restAlike: HouseSentence;
  readonly restRange: HouseSentence;
  readonly dotsOwn: HouseSentence;
  readonly dotsGroup: HouseSentence;
  readonly lower: HouseSentence;
  readonly higher: HouseSentence;
  readonly unchanged: HouseSentence;
  readonly thanBefore: HouseSentence;
  readonly between: HouseSentence;
  readonly about: HouseSentence;
  readonly notReviewed: HouseSentence;
}

export type SentenceName = keyof HouseSentences;

const say = (en: string, nb: string, ...places: readonly string[]): HouseSentence => ({ en, nb, places });

/** The house's sentences; a study may put its own in their place. */
export const houseSentences: HouseSentences = {
  roundsDone: say(
    "You have answered in {done} of the {all} rounds so far.",
    "Du har svart i {done} av {all} runder hittil.",
    "done",
    "all",
  ),
  notHeard: say(
    "In {when} we did not hear from you; that is fine.",
    "I {when} hørte vi ikke fra deg; det er helt greit.",
    "when",
  ),
  nothingYet: say(
    "There is nothing to show yet. Your answers come here after your first round.",
    "Det er ikke noe å vise ennå. Svarene dine kommer hit etter den første runden.",
  ),
  skipped: say(
    "In {when} you would rather not say; that is fine.",
    "I {when} ville du ikke svare på dette; det er helt greit.",
    "when",
  ),
  tooFew: say(
    "Not enough yet to compare: {have} of {need} answers.",
    "Ikke nok til å sammenligne ennå: {have} av {need} svar.",
    "have",
    "need",
  ),
  answeredOnce: say("You answered “{now}” in {nowWhen}.", "Du svarte «{now}» i {nowWhen}.", "now", "nowWhen"),
  answered: say(
    "You answered “{now}” in {nowWhen}. Your first answer, in {firstWhen}, was “{first}”.",
    "Du svarte «{now}» i {nowWhen}. Ditt første svar, i {firstWhen}, var «{first}».",
    "now",
    "nowWhen",
    "firstWhen",
    "first",
  ),
  couldBeChance: say(
    "A difference of this size could be chance: one person's answers often vary this much when nothing has changed.",
    "En forskjell av denne størrelsen kan være tilfeldig: svarene til én person varierer ofte så mye når ingenting er endret.",
  ),
  beyondChance: say(
    "That is more than one person's answers usually vary by chance. It does not say why.",
    "Det er mer enn svarene til én person vanligvis varierer tilfeldig. Det sier ikke hvorfor.",
  ),
  sideBySide: say(
    "The lines stand side by side so that you can see both. A few answers cannot tell whether they go together for you.",
    "Linjene står ved siden av hverandre så du kan se begge. Noen få svar kan ikke vise om de går sammen hos deg.",
  ),
  upAndDown: say(
    "Pain goes up and down for most people, and a few answers cannot show why.",
    "Smerte går opp og ned hos de fleste, og noen få svar kan ikke vise hvorfor.",
  ),
  otherThings: say("Other things may explain this.", "Andre ting kan forklare dette."),
  record: say(
    "This is your record. It is uncertain, and it is not advice.",
    "Dette er det du har svart. Det er usikkert, og det er ikke råd.",
  ),
  flareUps: say(
    "Days with more pain come and go for most people.",
    "Dager med mer smerte kommer og går hos de fleste.",
  ),
  roundOpen: say(
    "A round is open until {date}. Your earlier answers come here when you have finished it, or when it has closed. Seeing them now could change what you answer.",
    "En runde er åpen til {date}. De tidligere svarene dine kommer hit når du er ferdig med den, eller når den er lukket. Å se dem nå kan endre hva du svarer.",
    "date",
  ),
  groupLater: say(
    "What the study shows about everyone comes when it is done and the results are published.",
    "Det studien viser om alle, kommer når den er ferdig og resultatene er publisert.",
  ),
  groupOut: say(
    "The results of the whole study are out. They are about many people together, and need not fit you.",
    "Resultatene fra hele studien er klare. De handler om mange mennesker sett under ett, og trenger ikke passe for deg.",
  ),
  bandPeople: say("People like you here: {group}.", "Folk som ligner deg her: {group}.", "group"),
  bandEveryone: say("Beside you: everyone in the study.", "Ved siden av deg: alle i studien."),
  bandHalf: say(
    "In {when}, at least half of {n} other people answered from “{low}” to “{high}”. Every answer is as good as another.",
    "I {when} svarte minst halvparten av {n} andre fra «{low}» til «{high}». Alle svar er like gode.",
    "when",
    "n",
    "low",
    "high",
  ),
  bandOne: say(
    "In {when}, at least half of {n} other people answered “{low}”. Every answer is as good as another.",
    "I {when} svarte minst halvparten av {n} andre «{low}». Alle svar er like gode.",
    "when",
    "n",
    "low",
  ),
  bandHidden: say(
    "Fewer than {floor} other people are like you here. To keep them safe from being known, their answers are not shown.",
    "Færre enn {floor} andre ligner deg her. For at ingen skal kjennes igjen, viser vi ikke svarene deres.",
    "floor",
  ),
  sessionsOffer: say(
    "You can see how your pain ratings around sessions compare with rest. It is uncertain, and some people would rather not see it. It stays hidden unless you ask for it, and you can hide it again.",
    "Du kan se hvordan smerten rundt øktene dine er sammenlignet med hvile. Det er usikkert, og noen vil helst ikke se det. Det er skjult til du ber om det, og du kan skjule det igjen.",
  ),
  sessionsFew: say(
    "Not enough yet: {have} of {need} sessions with a rating before and after.",
    "Ikke nok ennå: {have} av {need} økter med svar både før og etter.",
    "have",
    "need",
  ),
  restsFew: say(
    "Not enough yet: {have} of {need} rest entries with both ratings.",
    "Ikke nok ennå: {have} av {need} ganger med hvile der begge svarene er gitt.",
    "have",
    "need",
  ),
  sessionsLater: say(
    "This comes when the results of the study are published: only then is it known how much people differ.",
    "Dette kommer når resultatene fra studien er publisert: først da vet vi hvor ulike folk er.",
  ),
  sessionsAlike: say(
    "There is not enough yet to tell your entries from those of most people. What they show so far could be chance.",
    "Det er ennå ikke nok til å skille det du har ført opp, fra det de fleste fører opp. Det det viser så langt, kan være tilfeldig.",
  ),
  sessionRange: say(
    "In your {count} entries, pain after a session was usually {range}.",
    "I de {count} øktene dine var smerten etterpå vanligvis {range}.",
    "count",
    "range",
  ),
  restAlike: say("For rest times it was similar.", "Ved hvile var det omtrent likt."),
  restRange: say("For rest times it was usually {range}.", "Ved hvile var den vanligvis {range}.", "range"),
  dotsOwn: say(
    "Your {count} entries beside rest. Each of the 20 dots is an equally likely place for the difference.",
    "De {count} øktene dine ved siden av hvile. Hver av de 20 prikkene er et like sannsynlig sted for forskjellen.",
    "count",
  ),
  dotsGroup: say(
    "The same for {n} people: each dot stands for one in twenty of them. People differ.",
    "Det samme for {n} personer: hver prikk står for én av tjue. Folk er ulike.",
    "n",
  ),
  lower: say("{size} lower", "{size} lavere", "size"),
  higher: say("{size} higher", "{size} høyere", "size"),
  unchanged: say("the same as before", "som før"),
  thanBefore: say("{change} than before", "{change} enn før", "change"),
  between: say("between {low} and {high}", "mellom {low} og {high}", "low", "high"),
  about: say("about {change}", "omtrent {change}", "change"),
  notReviewed: say(
    "Nobody has approved these words for a real study yet. You see them because this is a demonstration.",
    "Ingen har godkjent disse ordene for en virkelig studie ennå. Du ser dem fordi dette er en demonstrasjon.",
  ),
};
