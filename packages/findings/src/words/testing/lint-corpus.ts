/** A sentence, and the words of cause in it; none means that it must pass. */
export interface LintSentence {
  readonly text: string;
  readonly words: readonly string[];
}

const flag = (text: string, ...words: readonly string[]): LintSentence => ({ text, words });
const pass = (text: string): LintSentence => ({ text, words: [] });

/** English sentences that must be flagged, and look-alikes that must pass. */
export const englishCorpus: readonly LintSentence[] = [
  flag("Exercise reduces pain.", "reduces"),
  flag("Exercise caused a fall in pain.", "caused"),
  flag("More exercise leads to less pain.", "leads"),
  flag("Exercise can lead to less pain.", "lead to"),
  flag("The effect of exercise on pain was small.", "effect of"),
  flag("Exercise had an effect on pain.", "effect on"),
  flag("Exercise has no effect.", "no effect"),
  flag("Pain improved because of exercise.", "improved", "because of"),
  flag("People had less pain because they exercised.", "because they"),
  flag("The fall in pain was due to exercise.", "due to"),
  flag("Thanks to exercise, people slept better.", "Thanks to"),
  flag("Exercise resulted in less pain.", "resulted in"),
  flag("Exercise prevents chronic pain.", "prevents"),
  flag("Exercise is protective.", "protective"),
  flag("Sleep affects mood.", "affects"),
  flag("The impact on pain was clear.", "impact"),
  flag("Walking eases pain.", "eases"),
  flag("Exercise works against pain.", "works against"),
  flag("Exercise lowers pain, and sleep raises mood.", "lowers", "raises"),
  flag("Exercise makes people feel better.", "makes people"),
  flag("Pain was decreased by exercise.", "decreased by"),
  flag("Exercise increases well-being.", "increases"),
  flag("Exercise helps with pain.", "helps"),
  flag("Pain triggers rest.", "triggers"),
  flag("Exercise contributes to less pain.", "contributes to"),
  flag("Rest drives pain up.", "drives"),
  pass("People who exercised more reported less pain."),
  pass("More exercise than usual was followed by less pain about three months later."),
  pass("That would be misleading: misled readers are unaffected readers."),
  pass("A mixed-effects model with random effects and fixed effects."),
  pass("Numbers carry no leading zero."),
  pass("Small groups are left out to protect people."),
  pass(
    "In weeks when people exercised more than their own usual, they reported less pain. Either may come first.",
  ),
  pass("These data cannot say what made what happen."),
  pass("The engine stopped because the model did not converge."),
  pass("A lower limit, a higher limit, and a reduced rank."),
  pass("The plan was changed, and the change is listed."),
  pass("A beneficiary, a causeway, and a proclaimed leader of the queue."),
  pass("The difference is inside the limit we set for too small to matter."),
  pass("Pain fell by half a point over the year."),
];

/** Norwegian sentences that must be flagged, and look-alikes that must pass. */
export const norwegianCorpus: readonly LintSentence[] = [
  flag("Mosjon reduserer smerte.", "reduserer"),
  flag("Mosjon fører til mindre smerte.", "fører til"),
  flag("Mer mosjon førte til mindre smerte.", "førte til"),
  flag("Mosjon forårsaket bedring.", "forårsaket"),
  flag("Effekten av mosjon var liten.", "Effekten"),
  flag("Mosjon har effekt på smerte.", "effekt på"),
  flag("Mosjon påvirker søvnen.", "påvirker"),
  flag("Smerten falt på grunn av mosjon.", "på grunn av"),
  flag("Takket være mosjon sov folk bedre.", "Takket være"),
  flag("Mosjon gir mindre smerte.", "gir mindre"),
  flag("Mosjon hjelper mot smerte.", "hjelper"),
  flag("Mosjon lindrer smerte.", "lindrer"),
  flag("Mosjon forebygger smerte.", "forebygger"),
  flag("Smerten skyldes lite søvn.", "skyldes"),
  flag("Søvn senker smerten og øker humøret.", "senker", "øker"),
  flag("Mosjon virker mot smerte.", "virker mot"),
  flag("Mosjon bidrar til mindre smerte.", "bidrar til"),
  flag("Mosjon bedrer søvnen.", "bedrer"),
  flag("Årsaken til smerten er stillesitting.", "Årsaken"),
  flag("Smerte utløser hvile.", "utløser"),
  flag("Folk hadde mindre vondt fordi de mosjonerte.", "fordi de"),
  flag("Mosjon minsker smerten.", "minsker"),
  pass("Folk som mosjonerte mer, oppga mindre smerte."),
  pass("Mer mosjon enn vanlig fulgtes av mindre smerte omtrent tre måneder senere."),
  pass("Hva som kom av hva, kan ikke denne siden si."),
  pass("En blandet modell med tilfeldige effekter og faste effekter."),
  pass("I uker da folk mosjonerte mer enn de selv pleier, oppga de mindre smerte."),
  pass("Disse dataene kan ikke svare."),
  pass("Uvirkelig, virkelig og medvirkende er andre ord."),
  pass("Forskjellen er mindre enn folk vanligvis merker."),
  pass("Små grupper er utelatt, for at ingen skal kunne kjennes igjen."),
  pass("Modellen ble forkastet fordi den ikke konvergerte."),
  pass("Smerten falt med et halvt poeng gjennom året."),
];

/** Sentences of a limitations part or a target-trial box, where words of cause may stand: the lint is not run there. */
export const allowedThere: readonly string[] = [
  "Whether exercise causes less pain cannot be told from these data.",
  "Strategies compared: one more session a week against usual; the effect of that is the estimand.",
];
