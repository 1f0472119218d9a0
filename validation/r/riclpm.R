# Records what lavaan gives for extensions of the RI-CLPM: Rscript riclpm.R hunt_like.csv OUT.json
suppressMessages({library(lavaan); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
d <- read.csv(arguments[1])
waves <- 1:5
wide <- d[d$wave == 1, c("id", "sex", "age", "edu")]
for (t in waves) {
  at <- d[d$wave == t, ]
  wide[[paste0("x", t)]] <- at$ex[match(wide$id, at$id)]
  wide[[paste0("y", t)]] <- at$pain_c[match(wide$id, at$id)]
}
wide$edu1 <- as.integer(wide$edu == 1)
wide$edu2 <- as.integer(wide$edu == 2)
# SS / (answers - people) over people with at least two answers
within_variance <- function(name) {
  v <- as.matrix(wide[paste0(name, waves)])
  n <- rowSums(!is.na(v))
  v <- v[n >= 2, ]
  sum((v - rowMeans(v, na.rm = TRUE))^2, na.rm = TRUE) / (sum(!is.na(v)) - nrow(v))
}
part <- function(name, weights, prefix) paste0(prefix, " =~ ", paste0(weights, "*", name, waves, collapse = " + "))
base <- function(groups = NULL) {
  label <- function(name) if (is.null(groups)) paste0(name, "*") else paste0("c(", paste0(name, groups, collapse = ","), ")*")
  c(part("x", 1, "RIx"), part("y", 1, "RIy"), "RIx ~~ RIx + RIy", "RIy ~~ RIy",
    sprintf("wx%d =~ 1*x%d", waves, waves), sprintf("wy%d =~ 1*y%d", waves, waves),
    sprintf("wx%d ~~ wx%d", waves, waves), sprintf("wy%d ~~ wy%d", waves, waves), sprintf("wx%d ~~ wy%d", waves, waves),
    sprintf("wx%d ~ %swx%d + %swy%d", 2:5, label("a"), 1:4, label("b"), 1:4),
    sprintf("wy%d ~ %swx%d + %swy%d", 2:5, label("c"), 1:4, label("d"), 1:4))
}
means <- c(sprintf("x%d ~ 1", waves), sprintf("y%d ~ 1", waves))
growth <- c(part("x", 0:4, "Sx"), part("y", 0:4, "Sy"), "Sx ~~ Sx + Sy + RIx + RIy", "Sy ~~ Sy + RIx + RIy",
  "RIx ~ 1", "RIy ~ 1", "Sx ~ 1", "Sy ~ 1", sprintf("x%d ~ 0*1", waves), sprintf("y%d ~ 0*1", waves))
covariates <- c("RIx ~ age + edu1 + edu2", "RIy ~ age + edu1 + edu2")
error <- c(sprintf("x%d ~~ %.15g*x%d", waves, 0.2 * within_variance("x"), waves),
  sprintf("y%d ~~ %.15g*y%d", waves, 0.2 * within_variance("y"), waves))
fit <- function(lines, ...) lavaan(paste(lines, collapse = "\n"), data = wide, missing = "ml", meanstructure = TRUE, ...)
rename <- function(p) {
  p$rhs <- sub("^edu([12])$", "factor(edu)[\\1]", p$rhs)
  p$lhs <- sub("^edu([12])$", "factor(edu)[\\1]", p$lhs)
  # lavaan orders a covariance as it was written; ours has the intercepts first
  swap <- p$op == "~~" & p$lhs %in% c("Sx", "Sy") & p$rhs %in% c("RIx", "RIy")
  p[swap, c("lhs", "rhs")] <- p[swap, c("rhs", "lhs")]
  own <- p$lhs %in% c("age", "factor(edu)[1]", "factor(edu)[2]")
  p[!own, ]
}
record <- function(id, m, columns, options) list(id = id, columns = columns, options = options, nobs = I(lavInspect(m, "nobs")),
  group_labels = lavInspect(m, "group.label"), fit = as.list(fitMeasures(m)), parameters = rename(parameterEstimates(m)), standardized = rename(standardizedSolution(m)))
none <- setNames(list(), character(0))
cases <- list(
  record("riclpm-covariates", fit(c(base(), means, covariates)), list(covariates = c("age", "factor(edu)")), list(lags = "equal")),
  record("riclpm-covariates-expected", fit(c(base(), means, covariates), information = "expected"), list(covariates = c("age", "factor(edu)")), list(lags = "equal", se = "expected")),
  record("riclpm-growth", fit(c(base(), growth)), none, list(lags = "equal", growth = "linear")),
  record("riclpm-reliability", fit(c(base(), means, error)), none, list(lags = "equal", reliability = 0.8)),
  record("riclpm-groups-mlr", fit(c(base(1:2), means), group = "sex", estimator = "MLR"), list(group = "sex"), list(lags = "equal", se = "robust")),
  record("riclpm-three-waves", fit(c(part("x", c(1, 1, 1, 0, 0), "RIx"), part("y", c(1, 1, 1, 0, 0), "RIy"), "RIx ~~ RIx + RIy", "RIy ~~ RIy",
    sprintf("wx%d =~ 1*x%d", 1:3, 1:3), sprintf("wy%d =~ 1*y%d", 1:3, 1:3),
    sprintf("wx%d ~~ wx%d", 1:3, 1:3), sprintf("wy%d ~~ wy%d", 1:3, 1:3), sprintf("wx%d ~~ wy%d", 1:3, 1:3),
    sprintf("wx%d ~ wx%d + wy%d", 2:3, 1:2, 1:2), sprintf("wy%d ~ wx%d + wy%d", 2:3, 1:2, 1:2), sprintf("x%d ~ 1", 1:3), sprintf("y%d ~ 1", 1:3))[-(1:2)] |>
    c("RIx =~ 1*x1 + 1*x2 + 1*x3", "RIy =~ 1*y1 + 1*y2 + 1*y3")), none, list(lags = "free"))
)
source <- paste0("lavaan ", packageVersion("lavaan"), ", ", R.version.string, "; validation/r/riclpm.R")
write(toJSON(list(source = source, cases = cases), digits = NA, auto_unbox = TRUE, na = "null"), arguments[2])
