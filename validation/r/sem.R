# Reference numbers for the tests of structures of means and covariances (models/sem), made with lavaan.
# Run: Rscript validation/r/sem.R packages/stats/src/testing/fixtures/hunt_like.csv > packages/stats/src/testing/fixtures/sem-lavaan.json
suppressMessages({library(lavaan); library(jsonlite)})
args <- commandArgs(TRUE)
d <- read.csv(args[1])
w <- reshape(d[, c("id", "wave", "sex", "age", "pain_c", "ex")], idvar = c("id", "sex", "age"), timevar = "wave",
  direction = "wide", sep = "")
names(w) <- sub("^ex([1-5])$", "x\\1", sub("^pain_c([1-5])$", "y\\1", names(w)))
# A covariate that some people miss, by a rule that any language can repeat.
w$agem <- ifelse(w$id %% 7 == 0, NA, w$age)
# Group 1 is women (sex 0), whatever comes first in the data.
w$woman <- factor(ifelse(w$sex == 0, "women", "men"), levels = c("women", "men"))
w <- w[order(w$sex, w$id), ]

riclpm <- function(waves = 5, equal = TRUE, groups = 1, extra = NULL) {
  t <- seq_len(waves)
  lab <- function(x) if (!equal) "" else if (groups == 1) paste0(x, "*") else paste0("c(", paste0(x, seq_len(groups), collapse = ","), ")*")
  c(paste0("RIx =~ ", paste0("1*x", t, collapse = "+")), paste0("RIy =~ ", paste0("1*y", t, collapse = "+")),
    paste0("wx", t, " =~ 1*x", t), paste0("wy", t, " =~ 1*y", t), "RIx ~~ RIx + RIy", "RIy ~~ RIy",
    paste0("x", t, " ~ 1"), paste0("y", t, " ~ 1"),
    unlist(lapply(t, function(k) c(paste0("wx", k, " ~~ wx", k, " + wy", k), paste0("wy", k, " ~~ wy", k)))),
    unlist(lapply(t[-1], function(k) c(
      paste0("wx", k, " ~ ", lab("a"), "wx", k - 1, " + ", lab("b"), "wy", k - 1),
      paste0("wy", k, " ~ ", lab("c"), "wx", k - 1, " + ", lab("d"), "wy", k - 1)))), extra)
}
growth <- c("i =~ 1*y1 + 1*y2 + 1*y3 + 1*y4 + 1*y5", "s =~ 0*y1 + 1*y2 + 2*y3 + 3*y4 + 4*y5", "i ~~ i + s", "s ~~ s",
  "i ~ 1", "s ~ 1", paste0("y", 1:5, " ~~ y", 1:5), "i ~ age", "s ~ age")
measured <- c("fx =~ 1*x1 + x2 + x3", "fy =~ 1*y1 + y2 + y3", "fy ~ fx", "fx ~~ fx", "fy ~~ fy", "fx ~ 1", "fy ~ 1",
  paste0("x", 1:3, " ~~ x", 1:3), paste0("y", 1:3, " ~~ y", 1:3), paste0("x", 2:3, " ~ 1"), paste0("y", 2:3, " ~ 1"))

cases <- list(
  list(name = "RI-CLPM, equal lags", model = riclpm(), robust = TRUE, expected = TRUE),
  list(name = "RI-CLPM, free lags", model = riclpm(equal = FALSE), robust = TRUE),
  list(name = "RI-CLPM of three waves", model = riclpm(3, FALSE), robust = TRUE),
  list(name = "RI-CLPM with covariates", model = riclpm(extra = c("RIx ~ sex + age", "RIy ~ sex + age")), covariates = c("sex", "age"), robust = TRUE, expected = TRUE),
  list(name = "RI-CLPM with a covariate that some miss", model = riclpm(extra = c("RIx ~ agem", "RIy ~ agem")), covariates = "agem", robust = TRUE),
  list(name = "RI-CLPM, two groups", model = riclpm(groups = 2), group = "woman", robust = TRUE, expected = TRUE),
  list(name = "RI-CLPM, two groups with a covariate", model = riclpm(groups = 2, extra = c("RIx ~ age", "RIy ~ age")), group = "woman", covariates = "age", robust = TRUE),
  list(name = "growth with a covariate", model = growth, covariates = "age", robust = TRUE, expected = TRUE),
  list(name = "two measured factors", model = measured, robust = TRUE, expected = TRUE),
  list(name = "RI-CLPM, complete rows", model = riclpm(), robust = TRUE, expected = TRUE, complete = TRUE))

indices <- c("npar", "chisq", "df", "pvalue", "baseline.chisq", "baseline.df", "cfi", "tli", "logl", "unrestricted.logl",
  "aic", "bic", "ntotal", "rmsea", "rmsea.ci.lower", "rmsea.ci.upper", "srmr")
run <- function(case) {
  data <- if (isTRUE(case$complete)) w[complete.cases(w[, c(paste0("x", 1:5), paste0("y", 1:5))]), ] else w
  # lavaan counts people who have covariates and nothing else; they say nothing about the model and are left out here.
  asked <- intersect(c(paste0("x", 1:5), paste0("y", 1:5)), unlist(strsplit(case$model, "[^a-z0-9]+")))
  data <- data[rowSums(!is.na(data[, asked])) > 0, ]
  fit1 <- function(...) suppressWarnings(lavaan(case$model, data = data, missing = "ml", group = case$group, int.ov.free = FALSE,
    fixed.x = TRUE, auto.fix.first = FALSE, em.h1.tol = 1e-10, em.h1.iter.max = 10000L, ...))
  fit <- fit1()
  pt <- parTable(fit); pt <- pt[pt$op %in% c("~", "~~", "~1", "=~") & pt$exo == 0, ]
  # Rows with one label are one parameter.
  key <- ifelse(pt$free == 0, NA, ifelse(pt$label != "", pt$label, paste0("p", pt$free)))
  free <- match(key, unique(key[!is.na(key)])) - 1
  out <- list(name = case$name, group = case$group, covariates = as.list(case$covariates), complete = isTRUE(case$complete),
    observed = setdiff(lavNames(fit, "ov"), case$covariates), latent = lavNames(fit, "lv"), patterns = sum(sapply(fit@Data@Mp, function(m) m$npatterns)),
    columns = c("lhs", "op", "rhs", "group", "free", "fixed", "estimate", "stdError"),
    rows = lapply(seq_len(nrow(pt)), function(i) list(pt$lhs[i], pt$op[i], pt$rhs[i], pt$group[i] - 1, if (is.na(free[i])) NULL else free[i],
      if (pt$free[i] == 0) pt$ustart[i] else NULL, pt$est[i], pt$se[i])),
    fit = as.list(fitMeasures(fit, indices)))
  se <- function(f) { p <- parTable(f); p <- p[p$op %in% c("~", "~~", "~1", "=~") & p$exo == 0, ]; p$se }
  if (isTRUE(case$expected)) out$expectedStdError <- se(fit1(information = "expected"))
  if (isTRUE(case$robust)) { r <- fit1(estimator = "MLR"); out$robustStdError <- se(r)
    out$scaled <- as.list(fitMeasures(r, c("chisq.scaled", "pvalue.scaled", "chisq.scaling.factor"))) }
  out
}
# Nested fits: equal lags over time, plain and scaled; lags equal over groups, by Wald.
nested <- function(...) { f <- function(m) lavaan(m, data = w, missing = "ml", em.h1.tol = 1e-10, em.h1.iter.max = 10000L, ...)
  t <- lavTestLRT(f(riclpm(equal = FALSE)), f(riclpm())); list(chiSquare = t[2, "Chisq diff"], df = t[2, "Df diff"], pValue = t[2, "Pr(>Chisq)"]) }
wald <- lavTestWald(lavaan(riclpm(groups = 2), data = w, missing = "ml", group = "woman"), "a1==a2\nb1==b2\nc1==c2\nd1==d2")
tests <- list(plain = nested(), scaled = nested(estimator = "MLR"), wald = list(chiSquare = wald$stat, df = wald$df, pValue = wald$p.value))
source <- paste0(R.version.string, "; lavaan ", packageVersion("lavaan"), "; validation/r/sem.R on hunt_like.csv")
cat(toJSON(list(source = source, cases = lapply(cases, run), tests = tests), digits = 15, auto_unbox = TRUE, null = "null", na = "null"))
