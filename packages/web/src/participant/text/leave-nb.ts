import type { LeaveWords } from "./leave-words.ts";

/** Stopping and leaving, in Norwegian (bokmål): a working translation (ruling 21). */
export const leaveNb: LeaveWords = {
  enter: "Stopp eller forlat studien",
  title: "Stopp eller forlat studien",
  lede: "Du kan slutte når du vil. Du trenger ikke å si hvorfor, og ingen vil be deg om å bli.",
  legend: "Hva vil du?",
  ways: {
    stop_contact: {
      name: "Stopp meldingene",
      does: "Vi sender deg ingen flere meldinger. Du er fortsatt med i studien: lenken din virker som før, og svarene dine blir værende.",
      undo: "Du kan forlate studien senere hvis du vil.",
      confirmTitle: "Stoppe meldingene?",
      confirm: "Ja, stopp meldingene",
    },
    stop_keep: {
      name: "Forlat studien, og la svarene mine bli",
      does: "Du forlater studien. Vi sender deg ingenting og spør deg ikke om noe mer. Svarene du har gitt, blir i studien.",
      undo: "Lenken din slutter å virke, og du kan ikke komme tilbake med den. Du kan fortsatt få svarene dine slettet senere: skriv til studien.",
      confirmTitle: "Forlate studien, og la svarene bli?",
      confirm: "Ja, forlat studien",
    },
    erase: {
      name: "Forlat studien, og slett alt om meg",
      does: "Du forlater studien. Navnet ditt, adressen din og alle svarene dine blir slettet.",
      undo: "Dette kan ikke gjøres om. Det studien alt har publisert eller delt, blir stående: ingen navn står der. En sikkerhetskopi av studiens maskin kan ha svarene dine til den blir byttet ut.",
      confirmTitle: "Forlate studien, og slette alt?",
      confirm: "Ja, slett alt",
    },
  },
  chooseFirst: "Velg en av de tre først.",
  go: "Fortsett",
  back: "Gå tilbake, ikke endre noe",
  other: "Velg noe annet",
  working: "Et øyeblikk …",
  code: {
    title: "Først en kode",
    why: "Sletting kan ikke gjøres om, så vi passer på at det er deg. Du trenger en kode som vi sender deg på e-post.",
    go: "Slett alt",
  },
  noCode: {
    title: "Får du ikke e-post fra oss?",
    text: "Da kan du forlate studien nå, og studiegruppen sletter alt om deg innen en måned.",
    go: "Forlat studien nå, og la studiegruppen slette meg",
  },
  done: {
    stop_contact: {
      title: "Du får ikke flere meldinger",
      text: "Du er fortsatt med i studien, og lenken din virker som før.",
      short: "Ingen flere meldinger",
    },
    stop_keep: {
      title: "Du har forlatt studien",
      text: "Vi sender deg ikke noe mer. Svarene du har gitt, blir i studien. Vil du ha dem slettet, skriv til studien.",
      short: "Forlot studien; svarene blir",
    },
    erase: {
      title: "Alt om deg er slettet",
      text: "Du har forlatt studien. Navnet ditt, adressen din og svarene dine er borte.",
      short: "Forlot studien; alt er slettet",
    },
    ask_erase: {
      title: "Du har forlatt studien",
      text: "Vi sender deg ikke noe mer. Studiegruppen sletter nå alt om deg, innen en måned.",
      short: "Forlot studien; ba om å bli slettet",
    },
  },
  receipt: {
    title: "Kvitteringen din",
    what: "Hva du valgte",
    when: "Når",
    study: "Studie",
    number: "Nummer på kvitteringen",
    contact: "Spørsmål",
    keep: "Skriv ut siden eller ta et bilde av den hvis du vil ta vare på den.",
    print: "Skriv ut siden",
  },
  thanks: "Takk for tiden du ga.",
};
