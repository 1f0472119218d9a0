import type { Cohort } from "./cohort.ts";
import { type Took, timeProcess } from "./process.ts";

const interpreter = "Rscript";

// R reads its own binary format, uncompressed: nothing it can read is faster where arrow is not installed.
const rds = ({ csv }: Cohort) => csv.replace(/csv$/, "rds");

/** Writes the rows of a cohort in R's own format, outside any timing; false without R. */
export function prepareR(cohort: Cohort): boolean {
  const script = `d <- { if (requireNamespace("data.table", quietly = TRUE)) as.data.frame(data.table::fread("${cohort.csv}"))
    else read.csv("${cohort.csv}") }; saveRDS(d, "${rds(cohort)}", compress = FALSE)`;
  return timeProcess(interpreter, ["-e", script]) !== null;
}

/** Rscript from its start to the printed mixed model. */
export function timeLmer(cohort: Cohort): Took | null {
  return timeProcess(interpreter, [
    "-e",
    `suppressMessages(library(lme4)); d <- readRDS("${rds(cohort)}")
     d$b <- ave(d$ex, d$id); d$w <- d$ex - d$b
     print(summary(lmer(pain ~ w + b + age + sex + wave + (1 | id), d))$coefficients)`,
  ]);
}

/** Rscript from its start to the printed RI-CLPM with equal lags, by full information. */
export function timeLavaan(cohort: Cohort): Took | null {
  return timeProcess(interpreter, [
    "-e",
    `suppressMessages(library(lavaan)); d <- readRDS("${rds(cohort)}")
     ids <- unique(d$id); wide <- matrix(NA_real_, length(ids), 10, dimnames = list(NULL, c(paste0("x", 0:4), paste0("y", 0:4))))
     at <- match(d$id, ids); wide[cbind(at, d$wave + 1)] <- d$ex; wide[cbind(at, d$wave + 6)] <- d$pain
     each <- function(t, text) gsub("#", t, gsub("<", t - 1, text))
     lines <- c(paste("RIx =~", paste0("1*x", 0:4, collapse = " + ")), paste("RIy =~", paste0("1*y", 0:4, collapse = " + ")),
       "RIx ~~ RIx", "RIy ~~ RIy", "RIx ~~ RIy")
     for (t in 0:4) lines <- c(lines, each(t, c("wx# =~ 1*x#", "wy# =~ 1*y#", "wx# ~~ wx#", "wy# ~~ wy#", "wx# ~~ wy#",
       "x# ~~ 0*x#", "y# ~~ 0*y#")))
     for (t in 1:4) lines <- c(lines, each(t, c("wx# ~ xx*wx< + xy*wy<", "wy# ~ yx*wx< + yy*wy<")))
     lines <- c(lines, "RIx + RIy ~~ 0*wx0 + 0*wy0", "x0 + x1 + x2 + x3 + x4 + y0 + y1 + y2 + y3 + y4 ~ 1")
     print(lavaan(paste(lines, collapse = "\\n"), as.data.frame(wide), missing = "ml"))`,
  ]);
}
