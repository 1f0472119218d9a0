import type { AlternativeWords } from "./words-types.ts";

/** Norwegian sentences of the analyses beside the planned answers. */
export const alternativesNorwegian: AlternativeWords = {
  estimate: (interval, unit) => `Anslaget er ${interval} ${unit}.`,
  row: (label, interval, unit) => `${label}: ${interval} ${unit}.`,
  sameWay: (id) => `Det peker samme vei som ${id}: ordene ville vært de samme.`,
  sameSign: (id, verdict) => `Fortegnet er det samme som i ${id}, men ordene ville vært: «${verdict}».`,
  otherWay: (id, verdict) => `Det peker ikke samme vei som ${id}. Ordene ville vært: «${verdict}».`,
  notCompared: "Skalaen er en annen, så ordene sammenlignes ikke.",
  notMeasured: "Dette lot seg ikke anslå.",
  noFinding: "Det planlagte svaret det hører til, lot seg ikke anslå.",
  notConverged: "Modellen falt ikke til ro på et svar (den konvergerte ikke).",
  improper:
    "Den beste løsningen var umulig: en varians under null eller en korrelasjon over én. Stiene vises ikke.",
  path: (from, to) => `${from}, deretter ${to}`,
  reliability: (path, share) => `${path}, reliabilitet ${share}`,
  inGroup: (path, group) => `${path}, ${group}`,
  standardUnit: "standardenheter",
  oddsRatioUnit: "oddsforhold",
  riskRatioUnit: "risikoforhold",
  shareUnit: "prosent av folk",
  stepMore: (exposure) => `Ett standardavvik mer ${exposure} enn vanlig`,
  ordered: (higher, sure, outcome, id) =>
    sure
      ? `Svar med mer ${outcome} var ${higher ? "mer" : "mindre"} sannsynlige i uker med mer enn vanlig. Skalaen er en annen enn i ${id}; bare fortegnet sammenlignes.`
      : `Svar med mer ${outcome} var verken klart mer eller klart mindre sannsynlige. Skalaen er en annen enn i ${id}; bare fortegnet sammenlignes.`,
  groupsTest: (p, differ) =>
    `Utforskende: stier som er frie i hver gruppe mot stier som er like i gruppene, ${p}. ${differ ? "Tatt for seg, før de andre utforskende testene er regnet med, passer gruppene bedre med egne stier." : "Like stier passer omtrent like godt."}`,
  eValue: ({ exposure, outcome }, { estimate, limit }) =>
    `Noe som ikke er målt og som endrer seg over tid, måtte henge sammen med både ${exposure} og ${outcome} med et risikoforhold på ${estimate} hver for å svare til hele anslaget, og på ${limit} hver for å bringe intervallet til null.`,
  eValueRows: { estimate: "E-verdi for anslaget", limit: "E-verdi for grensen nærmest null" },
  eValueNote:
    "RR = exp(0,91 d), der d er anslaget delt på utfallets standardavvik; E = RR + sqrt(RR (RR - 1)). VanderWeele og Ding (2017), Annals of Internal Medicine 167(4), 268-274. En grense, ikke en test: den sier ikke om noe slikt finnes.",
  slopeRows: {
    stdDev: "Hvor mye stigningen varierer mellom folk (standardavvik)",
    reliability: "Reliabilitet for én persons stigning (midterste person)",
    beyond: (bound) => `Folk som ventes å ligge utenfor den merkbare grensen (${bound})`,
    opposite: "Folk som ventes å ligge på den andre siden av null",
  },
  slopes: ({ stdDev, reliability, beyond, opposite }) =>
    `Utforskende: stigningen varierer mellom folk med et standardavvik på ${stdDev}. ${beyond} av folk ventes å ligge utenfor den merkbare grensen, og ${opposite} på den andre siden av null. Én persons egen stigning har en reliabilitet på ${reliability}, så den ${Number(reliability.replace(",", ".")) < 0.5 ? "er for usikker til å vises til noen" : "kan vises med sitt intervall"}.`,
  noSlopes: "Modellen som falt til ro, har ingen stigning som varierer mellom folk.",
  patterns: {
    average: "Gjennomsnitt over mønstrene",
    ignoring: "Alle sammen",
    complete: "Svarte i siste runde",
    late: "Sluttet sent",
    early: "Sluttet tidlig",
  },
  weights: ({ unweighted, smallest, largest }) =>
    `Samme modell uten vekter gir ${unweighted}. Vektene går fra ${smallest} til ${largest}.`,
  weightRows: { weighted: "Vektet", unweighted: "Ikke vektet" },
  delta: ({ cells, changed, imputations, estimate, unit }) =>
    `Med ${imputations} imputeringer og ingen forskyvning er anslaget ${estimate} ${unit}. I ${changed} av ${cells} ruter i kartet ville ordene vært andre.`,
  deltaStable: "Ingen forskyvning i kartet endrer ordene.",
  deltaTips: ({ outcome, shift, more, exposure }) =>
    `Ordene endres når de som sluttet, antas å ha ${shift} ${more ? "mer" : "mindre"} ${outcome} enn svarene deres tilsier, med ${exposure} som ventet.`,
  deltaTipsElsewhere: "Ordene endres bare når begge forskyves.",
  deltaCell: (outcome, exposure) => `Utfall ${outcome}, eksponering ${exposure}`,
  noFormTimes:
    "Dataene sier ikke hvor lang tid et skjema tok (form_seconds), så regelen kan ikke brukes. Ingenting er satt i stedet.",
  noSessions: "Det er ingen økter i dataene. Ingenting er satt i stedet.",
  leftOut: (parts) => `Utelatt: ${parts.join("; ")}.`,
  leftFast: ({ left, judged }, seconds) =>
    `${left} skjemaer gjort ferdig på under ${seconds} sekunder, av ${judged} med tid`,
  leftStraight: ({ left, judged }) =>
    `${left} skjemaer med samme svar hele veien, av ${judged} som kan vise det`,
  fewerThan: (count) => `færre enn ${count}`,
  imputationLater:
    "Det tar lengre tid enn denne kjøringen fikk. Kommandoen longwave analyse kjører det på de samme dataene.",
};
