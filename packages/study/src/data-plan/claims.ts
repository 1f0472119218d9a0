import type { LocalText } from "../protocol/types.ts";
import type { DataPlan } from "./types.ts";

/** What each hypothesis claims, in both languages; a plan in one language lends its words to both. */
export interface Claims {
  readonly sameTime: LocalText;
  readonly groups: LocalText;
  readonly forward: LocalText;
  readonly backward: LocalText;
  readonly between: LocalText;
}

/** The claims of a plan, with the direction it expects. */
export function claimsOf(plan: DataPlan): Claims {
  const { outcome, exposure, by } = plan;
  const periods = periodsOf[outcome.asksAbout ?? "unknown"];
  const en = { y: outcome.label.en, x: exposure.label.en, less: amountsEn[plan.expect] };
  const nb = {
    y: outcome.label.nb ?? outcome.label.en,
    x: exposure.label.nb ?? exposure.label.en,
    less: amountsNb[plan.expect],
  };
  const [first, second] = (by?.groups ?? []).map(({ label }) => label);
  return {
    sameTime: {
      en: `In ${periods.en} when people have more ${en.x} than is usual for them, they report ${en.less} ${en.y}.`,
      nb: `I ${periods.nb} der folk har mer ${nb.x} enn de pleier, oppgir de ${nb.less} ${nb.y}.`,
    },
    groups: {
      en: `This association is not the same in the two groups (${first?.en ?? ""}; ${second?.en ?? ""}).`,
      nb: `Denne sammenhengen er ikke den samme i de to gruppene (${first?.nb ?? first?.en ?? ""}; ${second?.nb ?? second?.en ?? ""}).`,
    },
    forward: {
      en: `More ${en.x} than usual is followed by ${en.less} ${en.y} at the next wave.`,
      nb: `Mer ${nb.x} enn vanlig følges av ${nb.less} ${nb.y} ved neste runde.`,
    },
    backward: {
      en: `More ${en.y} than usual is followed by less or more ${en.x} at the next wave.`,
      nb: `Mer ${nb.y} enn vanlig følges av mindre eller mer ${nb.x} ved neste runde.`,
    },
    between: {
      en: `People who usually have more ${en.x} than others report ${en.less} ${en.y}.`,
      nb: `De som vanligvis har mer ${nb.x} enn andre, oppgir ${nb.less} ${nb.y}.`,
    },
  };
}

const periodsOf = {
  day: { en: "days", nb: "dager" },
  week: { en: "weeks", nb: "uker" },
  "two weeks": { en: "periods", nb: "perioder" },
  year: { en: "periods", nb: "perioder" },
  unknown: { en: "periods", nb: "perioder" },
} as const;

const amountsEn = { less: "less", more: "more", either: "less or more" } as const;
const amountsNb = { less: "mindre", more: "mer", either: "mindre eller mer" } as const;
