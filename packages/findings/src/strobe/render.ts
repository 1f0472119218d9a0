import { html, safeAddress, trusted } from "../page/html.ts";
import type { StrobeBlock, StrobeItem, StrobeList, StrobeState } from "./types.ts";

const states: Readonly<Record<StrobeState, string>> = {
  filled: "filled",
  partly: "partly filled: the rest is for the authors",
  unfilled: "unfilled: for the authors",
  hidden: "hidden until the data are locked",
};

const source =
  "Items after STROBE for cohort studies (von Elm and others, PLoS Med 2007;4(10):e296), in our own words.";

function leadOf({ study, dataset, bundle, blind }: StrobeList): readonly string[] {
  return [
    study.simulated ? "Simulated people, not a real study." : "",
    blind
      ? "The study is running. Whatever would show a result is hidden, from everyone, until two people have locked the data."
      : "Facts come from the locked plan, the data and the results; what is left to the authors is marked and never filled in for them.",
    source,
    bundle === undefined ? "" : `Made from the publication ${bundle}.`,
    `Data ${dataset.hash}, ${dataset.rows} rows. Study text ${study.protocolHash}, version ${study.protocolVersion}.`,
  ].filter((line) => line !== "");
}

const style = `body{font:11pt/1.45 Calibri,Arial,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}th,td{border:1px solid #888;padding:.25rem .5rem;text-align:left;vertical-align:top}
.scroll{overflow-x:auto}.asks{font-style:italic}.state{font-weight:bold}p,td,th{overflow-wrap:anywhere}`;

/**
 * The list as one HTML file that a word processor opens as it is: headings, paragraphs and plain tables.
 *
 * @param page  address of the findings page; each item then links to its place on it.
 */
export function renderStrobeHtml(list: StrobeList, page?: string): string {
  const title = `Reporting list: ${list.study.title}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${leadOf(list).map((line) => html`<p>${line}</p>\n`)}${summaryPart(list)}
${bySection(list).map(
  ([section, items]) => html`<h2>${section}</h2>
${items.map((item) => itemPart(item, list.blind ? undefined : page))}`,
)}</main>
</body>
</html>
`.text;
}

function summaryPart({ items }: StrobeList) {
  const rows = items.map(({ id, topic, state }) => [id, topic, states[state]]);
  return blockPart({ kind: "table", title: "All items", columns: ["Item", "Topic", "State"], rows });
}

function bySection({ items }: StrobeList): readonly (readonly [string, readonly StrobeItem[]])[] {
  const sections = [...new Set(items.map(({ section }) => section))];
  return sections.map((section) => [section, items.filter((item) => item.section === section)]);
}

function itemPart(item: StrobeItem, page: string | undefined) {
  const { id, topic, asks, state, blocks, toWrite, anchor } = item;
  return html`<h3 id="item-${id}">${id}. ${topic}</h3>
<p class="asks">${asks}</p>
${state !== "filled" && html`<p class="state">[${states[state]}]</p>\n`}${blocks.map(blockPart)}${
  toWrite !== undefined && html`<p>[To be written: ${toWrite}]</p>\n`
}${
  anchor !== undefined &&
  page !== undefined &&
  html`<p><a href="${safeAddress(`${page}#${anchor}`)}">Item ${id} on the findings page</a></p>\n`
}`;
}

function blockPart(block: StrobeBlock) {
  if (block.kind === "text") return html`<p>${block.text}</p>\n`;
  return html`<p><b>${block.title}</b></p>
<div class="scroll" tabindex="0" role="region" aria-label="${block.title}"><table>
<thead><tr>${block.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${block.rows.map(
    ([first = "", ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  )}</tbody>
</table></div>
`;
}

/** The list as Markdown. */
export function renderStrobeMarkdown(list: StrobeList, page?: string): string {
  const parts = [
    `# Reporting list: ${list.study.title}`,
    ...leadOf(list),
    ...bySection(list).flatMap(([section, items]) => [
      `## ${section}`,
      ...items.flatMap((item) => itemLines(item, list.blind ? undefined : page)),
    ]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function itemLines(item: StrobeItem, page: string | undefined): readonly string[] {
  const { id, topic, asks, state, blocks, toWrite, anchor } = item;
  return [
    `### ${id}. ${topic}`,
    `*${asks}*`,
    ...(state === "filled" ? [] : [`**[${states[state]}]**`]),
    ...blocks.map(blockText),
    ...(toWrite === undefined ? [] : [`[To be written: ${toWrite}]`]),
    ...(anchor === undefined || page === undefined
      ? []
      : [`[Item ${id} on the findings page](${page}#${anchor})`]),
  ];
}

function blockText(block: StrobeBlock): string {
  if (block.kind === "text") return block.text;
  const line = (cells: readonly string[]): string => `| ${cells.map(cellSafe).join(" | ")} |`;
  const rule = line(block.columns.map(() => "---"));
  return [`**${block.title}**`, "", line(block.columns), rule, ...block.rows.map(line)].join("\n");
}

function cellSafe(cell: string): string {
  return cell.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}
