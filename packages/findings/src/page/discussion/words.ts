import type { Language } from "../../publication/types.ts";

/** Every word of the discussion that no reader wrote. */
export interface DiscussionWords {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly count: (total: number) => string;
  readonly page: (page: number, pages: number) => string;
  readonly team: string;
  readonly edited: string;
  readonly gone: string;
  readonly means: (kind: string) => string;
  readonly kinds: (exposure: string) => string;
  readonly kindsCaution: string;
  readonly newest: string;
  readonly onlyKind: (kind: string) => string;
  readonly alone: string;
  readonly all: string;
  readonly allReplies: (count: number) => string;
  readonly reply: string;
  readonly replyTo: (name: string) => string;
  readonly ownComment: string;
  readonly newer: string;
  readonly older: string;
  readonly feed: string;
  readonly form: {
    readonly title: string;
    readonly name: string;
    readonly nameHint: string;
    readonly email: string;
    readonly emailHint: string;
    readonly body: string;
    readonly bodyHint: string;
    readonly kind: (exposure: string) => string;
    readonly kindHint: string;
    readonly agree: string;
    readonly readTerms: string;
    readonly remember: string;
    readonly rememberHint: string;
    readonly website: string;
    readonly send: string;
    readonly wrong: string;
    readonly lostLink: string;
  };
  readonly terms: {
    readonly title: string;
    readonly lead: string;
    readonly sentences: readonly string[];
    readonly who: (team: string) => string;
    readonly back: string;
  };
}

const english: DiscussionWords = {
  title: "What readers say",
  lead: "Comments are experiences and questions of readers. They are not part of the study and do not change its findings.",
  none: "Nobody has written yet.",
  count: (total) => (total === 1 ? "1 comment" : `${total} comments`),
  page: (page, pages) => `Page ${page} of ${pages}`,
  team: "Study team",
  edited: "Edited by the study team",
  gone: "This comment has been taken away. The answers to it stay.",
  means: (kind) => `speaks of: ${kind}`,
  kinds: (exposure) => `What kind of ${exposure} readers speak of`,
  kindsCaution:
    "These are experiences, not data. People write for their own reasons, so the counts do not say how common anything is. Only the study above can speak of that.",
  newest: "The newest:",
  onlyKind: (kind) => `Only comments that speak of: ${kind}`,
  alone: "One comment with all answers to it",
  all: "Show all comments",
  allReplies: (count) => `Show all ${count} answers`,
  reply: "Reply",
  replyTo: (name) => `Your reply to ${name}`,
  ownComment: "Write a comment of your own instead",
  newer: "Newer comments",
  older: "Older comments",
  feed: "Follow by feed (Atom)",
  form: {
    title: "Write a comment",
    name: "Name",
    nameHint: "Shown with the comment. It need not be your real name.",
    email: "E-mail",
    emailHint: "Never shown. Kept encrypted, and erased with the comment.",
    body: "Comment",
    bodyHint: "Plain text; web addresses become links. Leave out what could identify anyone.",
    kind: (exposure) => `What kind of ${exposure} do you mean? (optional)`,
    kindHint:
      "One or two words, such as others have used. They help readers to find experiences like theirs.",
    agree: "I have read the terms and agree to them.",
    readTerms: "Read the terms",
    remember: "Remember my name on this device",
    rememberHint:
      "Only then, one cookie with the name is kept on this device for half a year. Take the tick away to forget it.",
    website: "Leave this field empty",
    send: "Send comment",
    wrong: "This is not sent yet.",
    lostLink: "Lost the link to your comment?",
  },
  terms: {
    title: "Terms for comments",
    lead: "What happens to what you write, and what is not shown.",
    sentences: [
      "You need a name, which need not be your own, and an e-mail address, which nobody is shown. It is kept encrypted and erased with the comment.",
      "A person of the study team reads a first comment before it is shown, and any with a link.",
      "Comments that attack people, advertise, or give medical advice to someone are not shown.",
      "This is not a place for urgent help: nobody reads it in real time.",
      "You can change a comment for 15 minutes and remove it at any time, with the link shown after sending.",
      "No address of your device is kept; for an hour, a scrambled form of it counts how much is sent.",
      "Comments that were not accepted are deleted after 30 days.",
      "Comments are experiences. They are not part of the study and are not analysed.",
    ],
    who: (team) => `The study team answers for this page: ${team}.`,
    back: "Back to the comment form",
  },
};

const norwegian: DiscussionWords = {
  title: "Hva leserne sier",
  lead: "Kommentarer er lesernes erfaringer og spørsmål. De er ikke en del av studien og endrer ikke funnene.",
  none: "Ingen har skrevet ennå.",
  count: (total) => (total === 1 ? "1 kommentar" : `${total} kommentarer`),
  page: (page, pages) => `Side ${page} av ${pages}`,
  team: "Studieteamet",
  edited: "Redigert av studieteamet",
  gone: "Denne kommentaren er tatt bort. Svarene på den blir stående.",
  means: (kind) => `snakker om: ${kind}`,
  kinds: (exposure) => `Hva slags ${exposure} leserne snakker om`,
  kindsCaution:
    "Dette er erfaringer, ikke data. Folk skriver av egne grunner, så tallene sier ikke hvor vanlig noe er. Bare studien over kan si noe om det.",
  newest: "Den nyeste:",
  onlyKind: (kind) => `Bare kommentarer som snakker om: ${kind}`,
  alone: "Én kommentar med alle svar på den",
  all: "Vis alle kommentarer",
  allReplies: (count) => `Vis alle ${count} svar`,
  reply: "Svar",
  replyTo: (name) => `Ditt svar til ${name}`,
  ownComment: "Skriv heller en egen kommentar",
  newer: "Nyere kommentarer",
  older: "Eldre kommentarer",
  feed: "Følg med i en feed (Atom)",
  form: {
    title: "Skriv en kommentar",
    name: "Navn",
    nameHint: "Vises ved kommentaren. Det trenger ikke være ditt virkelige navn.",
    email: "E-post",
    emailHint: "Vises aldri. Lagres kryptert og slettes sammen med kommentaren.",
    body: "Kommentar",
    bodyHint: "Ren tekst; nettadresser blir lenker. Utelat det som kan kjenne igjen noen.",
    kind: (exposure) => `Hva slags ${exposure} mener du? (valgfritt)`,
    kindHint:
      "Ett eller to ord, gjerne slike andre har brukt. De hjelper lesere å finne erfaringer som ligner deres.",
    agree: "Jeg har lest vilkårene og godtar dem.",
    readTerms: "Les vilkårene",
    remember: "Husk navnet mitt på denne enheten",
    rememberHint:
      "Bare da lagres én informasjonskapsel med navnet på denne enheten i et halvt år. Ta bort krysset for å glemme det.",
    website: "La dette feltet stå tomt",
    send: "Send kommentaren",
    wrong: "Dette er ikke sendt ennå.",
    lostLink: "Har du mistet lenken til kommentaren din?",
  },
  terms: {
    title: "Vilkår for kommentarer",
    lead: "Hva som skjer med det du skriver, og hva som ikke vises.",
    sentences: [
      "Du trenger et navn, som ikke må være ditt eget, og en e-postadresse, som ingen får se. Den lagres kryptert og slettes sammen med kommentaren.",
      "En i studieteamet leser en første kommentar før den vises, og alle med lenke.",
      "Kommentarer som går til angrep på folk, reklamerer eller gir noen medisinske råd, vises ikke.",
      "Dette er ikke et sted for hjelp som haster: ingen leser det fortløpende.",
      "Du kan endre en kommentar i 15 minutter og fjerne den når som helst, med lenken som vises etter sending.",
      "Adressen til enheten din lagres ikke; i en time teller en omgjort form av den hvor mye som sendes.",
      "Kommentarer som ikke ble godtatt, slettes etter 30 dager.",
      "Kommentarer er erfaringer. De er ikke en del av studien og blir ikke analysert.",
    ],
    who: (team) => `Studieteamet svarer for denne siden: ${team}.`,
    back: "Tilbake til kommentarskjemaet",
  },
};

/** The words of the discussion in a language. */
export function discussionWords(language: Language): DiscussionWords {
  return language === "nb" ? norwegian : english;
}
