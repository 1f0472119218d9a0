import { spawnSync } from "node:child_process";
import { csv } from "./cohort.ts";
import type { BenchModel } from "./list.ts";

// R comes with the machine, not with npm.
const interpreter = "Rscript";

/** The rows our models use, long and wide, and lavaan's text of the RI-CLPM. */
const preparation = `
long <- read.csv("${csv}")
long <- long[!is.na(long$ex_index) & !is.na(long$pain_vrs), ]
long <- long[ave(long$wave, long$id, FUN = length) >= 2, ]
long$b <- ave(long$ex_index, long$id)
long$w <- long$ex_index - long$b
wide <- reshape(long[c("id", "wave", "ex_index", "pain_vrs")], direction = "wide", idvar = "id", timevar = "wave", sep = "")
names(wide) <- sub("pain_vrs(.)", "y\\\\1", sub("ex_index(.)", "x\\\\1", names(wide)))
riclpm <- function(equal) {
  each <- function(t, text) gsub("#", t, gsub("<", t - 1, text))
  label <- function(name, t) if (equal && t > 0) paste0(name, "*") else ""
  lines <- c(
    paste("RIx =~", paste0("1*x", 0:4, collapse = " + ")), paste("RIy =~", paste0("1*y", 0:4, collapse = " + ")),
    "RIx ~~ RIx", "RIy ~~ RIy", "RIx ~~ RIy")
  for (t in 0:4) lines <- c(lines, each(t, c("wx# =~ 1*x#", "wy# =~ 1*y#")),
    each(t, c(paste0("wx# ~~ ", label("vx", t), "wx#"), paste0("wy# ~~ ", label("vy", t), "wy#"),
      paste0("wx# ~~ ", label("vxy", t), "wy#"))))
  for (t in 1:4) lines <- c(lines, each(t, c(
    paste0("wx# ~ ", label("xx", t), "wx< + ", label("xy", t), "wy<"),
    paste0("wy# ~ ", label("yx", t), "wx< + ", label("yy", t), "wy<"))))
  paste(lines, collapse = "\\n")
}`;

/** R's median seconds of processor time for the call of a model alone; null without R or the package. */
export function timeR({ r }: BenchModel): number | null {
  if (r === null) return null;
  const script = `${preparation}
suppressMessages(library(${r.package}))
used <- function() sum(proc.time()[1:2])
seconds <- replicate(${r.runs}, { gc(); start <- used(); ${r.call}; used() - start })
cat(median(seconds))`;
  const { status, stdout } = spawnSync(interpreter, ["-e", script], {
    encoding: "utf8",
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1" },
  });
  return status === 0 ? Number(stdout.trim().split(/\s/).at(-1)) : null;
}
