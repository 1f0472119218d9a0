import type { StudyProblem } from "../errors.ts";
import { type ContactKind, contactKind, recruitmentKinds, waveKinds } from "../schedule/contact-kinds.ts";
import type { Protocol } from "./types.ts";

type Path = readonly (string | number)[];
type Contacts = Protocol["recruitment"]["contacts"];

/** Contacts that no message stands for, that share a name or a day, or are more than the protocol promises. */
export function checkContacts(protocol: Protocol): readonly StudyProblem[] {
  const { recruitment, waves, messages } = protocol;
  return [
    ...checkList(recruitment.contacts, recruitmentKinds, ["recruitment", "contacts"]),
    ...waves.flatMap((wave, i) => [
      ...checkList(wave.messages, waveKinds, ["waves", i, "messages"]),
      ...tooMany(wave.messages, messages.maxPerWave, ["waves", i, "messages"]),
    ]),
  ];
}

function checkList(contacts: Contacts, kinds: readonly ContactKind[], path: Path): readonly StudyProblem[] {
  return contacts.flatMap(({ day, template }, j): readonly StudyProblem[] => {
    const kind = contactKind(template);
    const earlier = contacts.slice(0, j);
    if (kind === undefined || !kinds.includes(kind)) {
      const found = `“${template}”`;
      const remedy = "Use one of those, with a number where there are several: reminder_1, reminder_2.";
      return [
        {
          code: "protocol.unknown-name",
          path: [...path, j, "template"],
          expected: kinds.join(", "),
          found,
          remedy,
        },
      ];
    }
    const name = earlier.some((each) => each.template === template);
    if (!name && !earlier.some((each) => each.day === day)) return [];
    return [
      {
        code: "protocol.duplicate",
        path: [...path, j, name ? "template" : "day"],
        expected: name ? "a name used once here" : "one message a day",
        found: name ? `“${template}” again` : `day ${day} again`,
        remedy: name ? "Number them: reminder_1, reminder_2." : "Move one of them to another day.",
      },
    ];
  });
}

function tooMany(contacts: Contacts, most: number, path: Path): readonly StudyProblem[] {
  if (contacts.length <= most) return [];
  return [
    {
      code: "protocol.wrong-value",
      path,
      expected: `at most ${most} messages, as messages.maxPerWave promises`,
      found: `${contacts.length}`,
      remedy: "Take some out, or promise more; the consent text must say the same.",
    },
  ];
}
