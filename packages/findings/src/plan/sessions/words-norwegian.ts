import type { SessionNumbers, SessionWords } from "./words.ts";

/** Norwegian sentences of sessions against rest. */
export const sessionsNorwegian: SessionWords = {
  tooFew: (people) =>
    `Færre enn ${people} personer har oppgitt smerte før og etter både en økt og en hvile. Resultater vises fra ${people} personer, for at ingen skal kunne kjennes igjen.`,
  to: "til",
  allSessions: "Alle økter",
  otherKinds: "Andre typer samlet",
  difference: "Forskjell: endring over en økt minus endring over hvile",
  afterSession: "Endring over en økt",
  afterRest: "Endring over hvile, samme personer",
  differenceOf: (kind) => `Forskjell: ${kind}`,
  nextDay: "Dagen etter en økt, minus før",
  worse: (points) => ({
    sessions: `Verre med ${points} poeng eller mer etter en økt`,
    rests: `Verre med ${points} poeng eller mer etter hvile`,
  }),
  begunWithoutPain: "Økter begynt uten smerte",
  percentOfSessions: "prosent av øktene",
  percentOfRests: "prosent av hvilene",
  more: (question, step) => `${step} mer på «${question}»`,
  moreBefore: "1 poeng mer smerte før enn det som er vanlig for personen",
  sentence: (numbers) => {
    const { session, rest, difference, unit, noticeable, worseBy, worse, worseRest, zero } = numbers;
    return [
      `Utforskende: over en økt endret smerten seg med ${session} ${unit}, og over en hvile hos de samme personene med ${rest}.`,
      `Forskjellen er ${difference}: ${directions[numbers.direction]}.`,
      ...(noticeable === undefined
        ? []
        : [`Den er mindre enn folk vanligvis merker; grensen er ${noticeable}.`]),
      `Etter ${worse} prosent av øktene, og ${worseRest} prosent av hvilene, var smerten ${worseBy} poeng eller mer høyere.`,
      `${zero} prosent av øktene begynte uten smerte, og da kan den ikke bli lavere.`,
    ].join(" ");
  },
  note: ({ before, after, rest }) =>
    `change er ${after} minus ${before} for en økt og ${rest.after} minus ${rest.before} for en hvile. Sammenligningen gjelder personer som har begge deler, ved samme smerte før; robuste intervaller etter person (CR2). Den andre formelen gjelder øktene alene.`,
  threats: [
    "Folk kan begynne når smerten er lav, eller vente når den er høy. Smerten går da tilbake av seg selv. Derfor står hvile hos de samme personene ved siden av.",
    "En smerte på 0 kan ikke bli lavere, så de som ikke har vondt, kan bare ha det som før eller verre.",
    "Det folk venter seg av en økt, kan prege svaret like etterpå.",
  ],
  onlyFinished: (percent) =>
    `Folk velger selv hvilke økter de logger, og bare fullførte økter har svar etterpå: ${percent} av 100 påbegynte mangler det.`,
  nextDayAlone: "Dagen etter har ingen dag uten økt ved siden av seg, så den er bare en beskrivelse.",
  restsLeftOut: (count, [least, most]) =>
    `En hvile teller når det går ${least} til ${most} minutter mellom de to svarene; andre er utelatt (${count}).`,
  restsNotTimed: ([least, most]) =>
    `Planen tar med hviler på ${least} til ${most} minutter; dataene sier ikke hvor lange de var, så alle teller.`,
  rareHidden: (people) => `Typer økter med færre enn ${people} personer vises ikke.`,
  figure: {
    title: "Utforskende: smerte over en økt, ved siden av hvile hos de samme personene",
    reading:
      "For hver type økt: endringen over den, endringen over hvile hos de samme personene, og forskjellen. Bare forskjellen sammenligner.",
    low: "lavere etterpå",
    high: "høyere etterpå",
  },
};

const directions: Readonly<Record<SessionNumbers["direction"], string>> = {
  lower: "sett for seg selv falt smerten mer, eller steg mindre, over økter enn over hvile",
  higher: "sett for seg selv steg smerten mer, eller falt mindre, over økter enn over hvile",
  open: "disse dataene kan ikke skille økter fra hvile",
};
