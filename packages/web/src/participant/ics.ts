/** One whole-day entry for a person's calendar. */
export interface CalendarEntry {
  /** Stays the same when the file is made again, so that a calendar updates and does not double it. */
  readonly uid: string;
  /** Local calendar day, "YYYY-MM-DD". */
  readonly day: string;
  readonly title: string;
  readonly text: string;
  /** When the file is made, ms UTC. */
  readonly madeAt: number;
}

/** A calendar file with one whole-day entry. RFC 5545: lines end in CRLF and are folded at 75 octets. */
export function calendarFile(entry: CalendarEntry): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Longwave//Longwave 0.1//EN",
    "BEGIN:VEVENT",
    `UID:${escapeText(entry.uid)}`,
    `DTSTAMP:${stamp(entry.madeAt)}`,
    `DTSTART;VALUE=DATE:${compact(entry.day)}`,
    `DTEND;VALUE=DATE:${compact(dayAfter(entry.day))}`,
    `SUMMARY:${escapeText(entry.title)}`,
    `DESCRIPTION:${escapeText(entry.text)}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

function stamp(at: number): string {
  return `${new Date(at).toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;
}

function compact(day: string): string {
  return day.replaceAll("-", "");
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, "\\n");
}

const mostOctets = 75;

/** Folds between characters, never inside one, because a letter outside ASCII takes several octets. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = "";
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > mostOctets) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
