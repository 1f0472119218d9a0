/** How one line of a pasted list is read, before it is sent. */
export interface ReadLine {
  readonly line: number;
  readonly text: string;
  readonly name: string;
  readonly email: string;
  readonly doubt: "email" | "nobody" | "twice" | undefined;
}

/** A preview of a pasted list or CSV: a name and an e-mail address a line. The server has the last word. */
export function previewPeople(text: string): readonly ReadLine[] {
  const seen = new Set<string>();
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter(({ text: line }) => line !== "")
    .filter(({ text: line }, index) => index > 0 || !isHeader(line))
    .map(({ line, text: content }) => readLine(line, content, seen));
}

function readLine(line: number, text: string, seen: Set<string>): ReadLine {
  const cells = cellsOf(text);
  const email = cells.find((cell) => cell.includes("@")) ?? "";
  const name = cells.filter((cell) => cell !== email && cell !== "").join(" ");
  const key = email.toLowerCase();
  const twice = key !== "" && seen.has(key);
  if (key !== "") seen.add(key);
  return { line, text, name, email, doubt: twice ? "twice" : doubtOf(name, email) };
}

function doubtOf(name: string, email: string): ReadLine["doubt"] {
  if (name === "" && email === "") return "nobody";
  return email === "" || /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(email) ? undefined : "email";
}

/** Cells of a line parted by tab, semicolon or comma; quotes keep a comma inside a cell. */
function cellsOf(text: string): readonly string[] {
  const sign = text.includes("\t") ? "\t" : text.includes(";") ? ";" : ",";
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === sign && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  return [...cells, cell.trim()].map((entry) => entry.replace(/^<(.*)>$/, "$1"));
}

function isHeader(line: string): boolean {
  const cells = cellsOf(line);
  return cells.length > 0 && cells.every(isHeading);
}

function isHeading(cell: string): boolean {
  return /^(full ?name|name|navn|e-?mail( ?address)?|e-?post(adresse)?|mail)$/i.test(cell);
}

/** What a list that is drawn from looks like, before it is sent. */
export interface FrameShape {
  /** The columns that are neither names nor addresses, by which people can be grouped. */
  readonly groups: readonly string[];
  readonly rows: number;
  /** Whether the first line names a column of names or addresses. */
  readonly isNamed: boolean;
}

/** Reads the first line of a list as the names of its columns. */
export function frameShape(text: string): FrameShape {
  const [header = "", ...rows] = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const columns = cellsOf(header).filter((cell) => cell !== "");
  const groups = columns.filter((column) => !isHeading(column));
  return { groups, rows: rows.length, isNamed: groups.length < columns.length };
}

/** Rows as a CSV file that a spreadsheet opens as text: RFC 4180, and no cell can be taken for a formula. */
export function csvFile(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${[header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
