import type { FlaggedForm, FlagKind, QualityPage, QualityQuery } from "@longwave/api";
import { questionWords } from "@longwave/findings";
import type { QualityFlag } from "@longwave/study";
import type { Inside } from "../access/gate.ts";
import { isOfSite, shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { dataQueries } from "../store/queries/data-queries.ts";
import { labelsOf } from "../store/queries/people.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import { protocolOfAnswers, questionsByWave } from "./questions.ts";

const FORMS_A_PAGE = 50;

/** The flags of a study as they were found last, and at which place in it. */
export interface KeptFlags {
  readonly seq: number;
  readonly erasureSeq: number;
  readonly version: number;
  readonly flags: readonly QualityFlag[];
}

/** The forms worth a look, a page at a time: by wave, then by number of the person. A flag tells no answer. */
export async function qualityPage(
  context: ServerContext,
  { study, member }: Pick<Inside, "study" | "member">,
  { kind, wave, after = "0" }: QualityQuery,
): Promise<QualityPage> {
  const { db } = context.store;
  const flags = await flagsOf(context, study);
  const labels = await labelsOf(db, study.id, [...new Set(flags.map(({ person }) => person))]);
  const people = new Map(labels.filter(({ site }) => isOfSite(member, site)).map((each) => [each.id, each]));
  const protocol = await protocolOfAnswers(context, study);
  const order = new Map(protocol.waves.map(({ id }, place) => [id, place]));
  const asked = new Map<string, number>();
  for (const { person, wave: of, state } of await dataQueries(db, { study: study.id }))
    if (state !== "closed") asked.set(`${person} ${of}`, (asked.get(`${person} ${of}`) ?? 0) + 1);
  const forms = formsOf(flags.filter(({ person }) => people.has(person)));
  const matching = forms
    .filter((form) => kind === undefined || form.flags.some((flag) => flag.kind === kind))
    .filter((form) => wave === undefined || form.wave === wave)
    .map((form) => ({ ...form, number: people.get(form.person)?.number ?? 0 }))
    .sort((a, b) => (order.get(a.wave) ?? 0) - (order.get(b.wave) ?? 0) || a.number - b.number);
  const shown = matching.slice(Number(after), Number(after) + FORMS_A_PAGE);
  return {
    asOf: context.now(),
    forms: shown.map((form): FlaggedForm => {
      const person = people.get(form.person);
      return {
        person: { id: form.person, label: person ? shownLabel(member, person) : "" },
        wave: form.wave,
        flags: form.flags.map(({ kind: of, item, change }) => ({
          kind: of,
          ...(item === undefined ? {} : { item, question: questionWords(protocol, item, "en") }),
          ...(change === undefined ? {} : { change }),
        })),
        queries: asked.get(`${form.person} ${form.wave}`) ?? 0,
      };
    }),
    total: matching.length,
    counts: {
      straight_lined: countOf(forms, "straight_lined"),
      fast: countOf(forms, "fast"),
      changed: countOf(forms, "changed"),
    },
    waves: questionsByWave(protocol),
  };
}

/** A form and why it is flagged. */
interface Form {
  readonly person: string;
  readonly wave: string;
  readonly flags: readonly QualityFlag[];
}

function formsOf(flags: readonly QualityFlag[]): readonly Form[] {
  const forms = new Map<string, { person: string; wave: string; flags: QualityFlag[] }>();
  for (const flag of flags) {
    const { person, wave } = flag;
    const key = `${person} ${wave}`;
    const form = forms.get(key) ?? { person, wave, flags: [] };
    forms.set(key, form);
    form.flags.push(flag);
  }
  return [...forms.values()];
}

function countOf(forms: readonly Form[], kind: FlagKind): number {
  return forms.filter(({ flags }) => flags.some((flag) => flag.kind === kind)).length;
}

/** Found anew when an answer has come, in a thread, so that no answer waits for it. */
async function flagsOf(context: ServerContext, study: StudyRow): Promise<readonly QualityFlag[]> {
  const { id, lastSeq: seq, erasureSeq, version } = study;
  const kept = context.qualityFlags.get(id);
  if (kept?.seq === seq && kept.erasureSeq === erasureSeq && kept.version === version) return kept.flags;
  const { draft } = await context.jobs.make({
    ...{ run: "", study: id, kind: "flags", upToSeq: seq, seed: 0, version: "", css: "" },
  });
  const flags = JSON.parse(draft ?? "[]") as readonly QualityFlag[];
  context.qualityFlags.set(id, { seq, erasureSeq, version, flags });
  return flags;
}
