import type { Table } from "@longwave/stats";
import type { Choices } from "./choices.ts";
import { countTimes } from "./formula.ts";
import type { FileForm, TableFile } from "./table-file.ts";

/** A column as R reads it. */
function inR(name: string): string {
  return /^[A-Za-z][A-Za-z0-9_.]*$/.test(name) ? name : `\`${name.replaceAll("`", "\\`")}\``;
}

function text(value: string): string {
  return JSON.stringify(value);
}

/** R code that gives the same numbers with lme4 and lmerTest, and with lavaan where the lagged model was asked for. */
export function rCode({ table, form }: TableFile, choices: Choices, fileName: string): string {
  const read = readFile(form, choices, fileName);
  return [...read, ...mixedModel(table, choices), ...laggedModel(table, choices)].join("\n");
}

/** Reads the file as the page does: the same separators, marks of missing values, decimal commas and dates. */
function readFile(form: FileForm, choices: Choices, fileName: string): string[] {
  const options = [
    text(fileName),
    ...(form.delimiter === "," ? [] : [`sep = ${text(form.delimiter)}`]),
    ...(form.encoding === null ? [] : [`fileEncoding = ${text(form.encoding)}`]),
    `na.strings = c(${["", ...form.missing].map(text).join(", ")})`,
    "strip.white = TRUE, check.names = FALSE",
  ];
  const chosen = [...new Set(Object.values(choices))].filter((name) => name !== "");
  const converted = chosen.flatMap((name) => convert(`all[[${text(name)}]]`, form.writing[name]));
  return ["library(lme4); library(lmerTest)", `all <- read.csv(${options.join(", ")})`, ...converted];
}

function convert(column: string, writing: FileForm["writing"][string] | undefined): string[] {
  if (writing === "comma") return [`${column} <- as.numeric(sub(",", ".", ${column}, fixed = TRUE))`];
  if (writing !== "date") return [];
  const formats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d.%m.%Y"];
  return [
    `${column} <- sub("T", " ", ${column}, fixed = TRUE)`,
    `${column} <- as.numeric(as.POSIXct(${column}, tz = "UTC", tryFormats = c(${formats.map(text).join(", ")}))) / 86400`,
  ];
}

function mixedModel(table: Table, choices: Choices): string[] {
  const { person, exposure, outcome, time, group } = choices;
  const times = countTimes(table, time);
  const needed = [person, exposure, outcome, ...(times >= 2 ? [time] : []), ...(group === "" ? [] : [group])];
  const slopes = "x_within + x_between";
  const groupPart = table.columns[group]?.kind === "numeric" ? `factor(${inR(group)})` : inR(group);
  const timePart = times < 2 ? "" : ` + ${times <= 12 ? `factor(${inR(time)})` : inR(time)}`;
  return [
    `d <- all[complete.cases(all[, c(${needed.map(text).join(", ")})]), ]`,
    `d$x_between <- ave(d[[${text(exposure)}]], d[[${text(person)}]])`,
    `d$x_within <- d[[${text(exposure)}]] - d$x_between`,
    `m <- lmer(${inR(outcome)} ~ ${group === "" ? slopes : `${slopes} + ${groupPart}`}${timePart} + (1 | ${inR(person)}), data = d)`,
    "summary(m)",
    ...(group === "" ? [] : [`summary(update(m, . ~ . + (${slopes}):${groupPart}))`]),
  ];
}

function laggedModel(table: Table, { person, exposure, outcome, time }: Choices): string[] {
  const waves = time === "" ? 0 : countTimes(table, time);
  if (waves < 3 || waves > 12) return [];
  const index = Array.from({ length: waves }, (_, t) => t + 1);
  const sum = (name: string) => index.map((t) => `1*${name}${t}`).join(" + ");
  const each = (line: (t: number) => string, from = 1) => index.filter((t) => t >= from).map(line);
  return [
    "",
    "library(lavaan)",
    `d <- all[, c(${[person, time, exposure, outcome].map(text).join(", ")})]`,
    'names(d) <- c("id", "t", "x", "y")',
    "d$t <- match(d$t, sort(unique(d$t)))",
    'w <- reshape(d, idvar = "id", timevar = "t", direction = "wide", sep = "")',
    "model <- '",
    `  RIx =~ ${sum("x")}`,
    `  RIy =~ ${sum("y")}`,
    ...each((t) => `  wx${t} =~ 1*x${t}; wy${t} =~ 1*y${t}; x${t} ~~ 0*x${t}; y${t} ~~ 0*y${t}`),
    ...each((t) => `  wx${t} ~ a*wx${t - 1} + b*wy${t - 1}; wy${t} ~ c*wx${t - 1} + d*wy${t - 1}`, 2),
    ...each((t) => `  wx${t} ~~ wx${t}; wy${t} ~~ wy${t}; wx${t} ~~ wy${t}; x${t} ~ 1; y${t} ~ 1`),
    "  RIx ~~ RIx; RIy ~~ RIy; RIx ~~ RIy",
    "'",
    'summary(lavaan(model, data = w, missing = "ml"), standardized = TRUE, ci = TRUE)',
  ];
}
