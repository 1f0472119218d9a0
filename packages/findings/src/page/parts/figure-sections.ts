import type { Figure } from "@longwave/figure";
import { formatCount } from "@longwave/figure";
import { BESIDE_FIGURES } from "../../figures/beside-figures.ts";
import { LAG_FIGURES } from "../../figures/path-figure.ts";
import { GROUPS_FIGURE, OTHER_GROUPS_FIGURE } from "../../figures/publication-figures.ts";
import type { Language, Publication } from "../../publication/types.ts";
import { capitalise } from "../../words/sentence-parts.ts";
import { localText } from "../../words/study-names.ts";
import type { Html } from "../html.ts";
import { html } from "../html.ts";
import type { PageLinks } from "../page-links.ts";
import type { PageText } from "../text/index.ts";
import type { FrameContext } from "./figure-frame.ts";
import { figureFrame } from "./figure-frame.ts";
import { tablePart } from "./table.ts";

/** What a section needs besides the bundle. */
export interface SectionContext {
  readonly text: PageText;
  readonly language: Language;
  readonly links: PageLinks;
  /** The fragment on the same page that a figure's numbers rest on. */
  readonly basis?: (id: string) => string;
}

/** The figure frame's needs, from the page's. */
export function frameContext(context: SectionContext): FrameContext {
  const { text, language, links, basis } = context;
  const files = links.figure === undefined ? {} : { fileAddress: links.figure };
  const csvAddress = (id: string): string => links.table(`figure-${id}.csv`);
  return { text, language, csvAddress, ...(basis === undefined ? {} : { basis }), ...files };
}

/** Who answered, compared with others and with yourself, women and men, and any other figure of the bundle. */
export function figureSections(publication: Publication, context: SectionContext): Html {
  const { text } = context;
  const known: readonly string[] = [
    "participant-flow",
    "within-between",
    GROUPS_FIGURE,
    OTHER_GROUPS_FIGURE,
    ...LAG_FIGURES,
    ...BESIDE_FIGURES,
  ];
  const find = (id: string): Figure | undefined => publication.figures.find((figure) => figure.id === id);
  const others = publication.figures.filter((figure) => !known.includes(figure.id));
  return html`${whoSection(publication, find("participant-flow"), context)}
${figureSection({ id: "self", title: text.self, lead: text.selfLead }, listOf(find("within-between")), context)}
${figureSection({ id: "groups", title: groupsTitle(publication, context) }, listOf(find(GROUPS_FIGURE) ?? find(OTHER_GROUPS_FIGURE)), context)}
${figureSection({ id: "more-figures", title: text.moreFigures }, others, context)}`;
}

/** What the plan calls its groups; a bundle without a study text is of women and men. */
function groupsTitle({ protocol }: Publication, { text, language }: SectionContext): string {
  if (protocol === undefined) return text.groups;
  const { moderator } = protocol.plan.variables;
  return moderator === undefined ? text.oneGroup : capitalise(localText(moderator.label, language));
}

function listOf(figure: Figure | undefined): readonly Figure[] {
  return figure === undefined ? [] : [figure];
}

function whoSection(publication: Publication, figure: Figure | undefined, context: SectionContext): Html {
  const { text, language } = context;
  const { flow } = publication;
  const [invited = "", once = "", twice = ""] = [flow.invited, flow.answeredOnce, flow.answeredTwice].map(
    (count) => formatCount(count, language),
  );
  const inFile = publication.study.source === "file";
  const lead = inFile ? text.whoInFile(once, twice) : text.whoLead(invited, once, twice);
  const drawn =
    figure === undefined ? flowTable(publication.flow, context) : figureFrame(figure, frameContext(context));
  return html`<section class="section" aria-labelledby="who">
<div class="section-head"><h2 id="who">${text.who}</h2><p>${lead}</p></div>
${drawn}
</section>`;
}

/** The flow as a table: what stands there when no figure was drawn. */
export function flowTable(flow: Publication["flow"], context: { text: PageText; language: Language }): Html {
  const { text, language } = context;
  const percent = (count: number): string =>
    flow.invited > 0 ? `${Math.round((100 * count) / flow.invited)}%` : "–";
  const rows = flow.waves.map(({ wave, answered }) => [
    `${text.wave} ${wave.replace(/^w/i, "")}`,
    formatCount(answered, language),
    percent(answered),
  ]);
  const columns = [
    { head: text.wave },
    { head: text.answered, right: true },
    { head: text.ofInvited, right: true },
  ];
  return tablePart(`${text.dataTable}: ${text.who}`, columns, rows);
}

function figureSection(
  heading: { readonly id: string; readonly title: string; readonly lead?: string },
  figures: readonly Figure[],
  context: SectionContext,
): Html | undefined {
  if (figures.length === 0) return undefined;
  return html`<section class="section" aria-labelledby="${heading.id}">
<div class="section-head"><h2 id="${heading.id}">${heading.title}</h2>${heading.lead !== undefined && html`<p>${heading.lead}</p>`}</div>
${figures.map((figure) => figureFrame(figure, frameContext(context)))}
</section>`;
}
