# Residual structures by nlme (gls and lme), and linear growth by lavaan.
# Run from the root of the repository: Rscript validation/r/lmm-residual.R
# Reads the fixtures of packages/stats and data sets of nlme and lavaan; writes validation/numbers/lmm-residual.json.
# gls multiplies the standard errors of a fit by ML by sqrt(n / (n - p)); they are recorded without that factor.
library(nlme)
library(lavaan)
library(jsonlite)

fixture <- function(name) read.csv(file.path("packages/stats/src/testing/fixtures", paste0(name, ".csv")))
tight <- list(lme = lmeControl(tolerance = 1e-10, msTol = 1e-12, msMaxIter = 500, niterEM = 50, returnObject = TRUE),
  gls = glsControl(tolerance = 1e-10, msTol = 1e-12, msMaxIter = 500, returnObject = TRUE))

one <- function(fit, method) {
  n <- fit$dims$N
  coefficients <- if (inherits(fit, "lme")) fixef(fit) else coef(fit)
  p <- length(coefficients)
  error <- sqrt(diag(vcov(fit))) * if (method == "ML" && inherits(fit, "gls")) sqrt((n - p) / n) else 1
  # The coefficients of an ARMA are not correlations; those stand in the matrix of a person seen at every wave.
  correlations <- function(part) if (inherits(part, "corARMA")) corMatrix(part)[[1]][1, -1] else natural(part)
  natural <- function(part) as.numeric(coef(part, unconstrained = FALSE))
  list(estimate = as.numeric(coefficients), stdError = as.numeric(error), sigma = fit$sigma,
    correlation = if (!is.null(fit$modelStruct$corStruct)) correlations(fit$modelStruct$corStruct) else list(),
    ratio = if (!is.null(fit$modelStruct$varStruct)) as.numeric(coef(fit$modelStruct$varStruct, unconstrained = FALSE, allCoef = TRUE)) else list(),
    random = if (inherits(fit, "lme")) { g <- getVarCov(fit); as.numeric(g[lower.tri(g, diag = TRUE)]) } else list(),
    modes = if (inherits(fit, "lme") && ncol(ranef(fit)) == 1 && nrow(ranef(fit)) < 200) ranef(fit)[order(rownames(ranef(fit))), 1] else list(),
    logLik = as.numeric(logLik(fit)), aic = AIC(fit))
}
both <- function(model) list(reml = one(model("REML"), "REML"), ml = one(model("ML"), "ML"))
fitLme <- function(f, d, random, ...) both(function(m) lme(f, d, random = random, method = m, control = tight$lme, ...))
fitGls <- function(f, d, ...) both(function(m) gls(f, d, method = m, control = tight$gls, ...))

sim <- fixture("hunt_sim_6419")
sim <- sim[!is.na(sim$ex_index) & !is.na(sim$pain_vrs), ]
sim <- sim[ave(sim$wave, sim$id, FUN = length) >= 2, ]
sim$male <- as.integer(sim$sex == "male")
sim$between <- ave(sim$ex_index, sim$id)
sim$within <- sim$ex_index - sim$between
simFormula <- pain_vrs ~ wave + male + age + within + between + within:male

hunt <- fixture("hunt_like")
hunt <- hunt[!is.na(hunt$pain_o) & !is.na(hunt$ex), ]
hunt$between <- ave(hunt$ex, hunt$id)
hunt$within <- hunt$ex - hunt$between
hunt$age10 <- (hunt$age - 50) / 10
hunt$yrs <- hunt$time / 365.25

hivsn <- fixture("hivsn_crossover_pain")
hivsn$amit <- as.integer(hivsn$treatment == "A")
hivsn$p2 <- hivsn$period - 1
hivsnFormula <- pain ~ amit * week_in_period + p2

weekly <- fixture("myaiguide_p1_weekly")

orthodont <- as.data.frame(nlme::Orthodont)
orthodont$Subject <- factor(as.character(orthodont$Subject))
orthodont$male <- as.integer(orthodont$Sex == "Male")
orthodont$occ <- (orthodont$age - 6) / 2
growthFormula <- distance ~ age * male
rats <- as.data.frame(nlme::BodyWeight)
rats$Diet <- factor(rats$Diet)
mares <- as.data.frame(nlme::Ovary)
mares$k <- ave(seq_len(nrow(mares)), mares$Mare, FUN = seq_along)
mares$s <- sin(2 * pi * mares$Time)
mares$c <- cos(2 * pi * mares$Time)

# Satterthwaite's degrees of freedom from their definition: the deviance with whole matrices, differenced numerically.
satterthwaite <- function(X, y, id, covariance, start) {
  people <- split(seq_along(y), id)
  parts <- function(p) {
    A <- 0; b <- 0; q <- 0; logDet <- 0
    for (i in people) {
      C <- chol(covariance(p, i))
      Xi <- backsolve(C, X[i, , drop = FALSE], transpose = TRUE); yi <- backsolve(C, y[i], transpose = TRUE)
      A <- A + crossprod(Xi); b <- b + crossprod(Xi, yi); q <- q + sum(yi^2); logDet <- logDet + 2 * sum(log(diag(C)))
    }
    list(A = A, b = b, q = q, logDet = logDet)
  }
  deviance <- function(p) { s <- parts(p); s$logDet + as.numeric(determinant(s$A)$modulus) + s$q - sum(s$b * solve(s$A, s$b)) }
  p <- optim(start, function(p) tryCatch(deviance(p), error = function(e) 1e10), method = "BFGS", control = list(reltol = 1e-15, maxit = 500))$par
  n <- length(p); h <- 1e-3 * pmax(1, abs(p)); unit <- function(k) replace(numeric(n), k, h[k])
  H <- matrix(0, n, n)
  for (i in 1:n) for (j in 1:i) {
    at <- function(a, b) deviance(p + a * unit(i) + b * unit(j))
    H[i, j] <- H[j, i] <- (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h[i] * h[j])
  }
  variances <- function(p) diag(solve(parts(p)$A))
  slopes <- sapply(1:n, function(k) (variances(p + unit(k) / 10) - variances(p - unit(k) / 10)) / (0.2 * h[k]))
  as.numeric(2 * variances(p)^2 / rowSums((slopes %*% (2 * solve(H))) * slopes))
}
withDf <- function(numbers, df) { numbers$reml$df <- df; numbers }
hivsnX <- model.matrix(hivsnFormula, hivsn)
growthX <- model.matrix(growthFormula, orthodont)

curve <- growth("i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\n s =~ 0*t1 + 1*t2 + 2*t3 + 3*t4", Demo.growth)
of <- function(lhs, op, rhs, what = "est") { p <- parameterEstimates(curve); p[[what]][p$lhs == lhs & p$op == op & p$rhs == rhs] }

write_json(list(
  source = paste0(R.version.string, ", nlme ", packageVersion("nlme"), ", lavaan ", packageVersion("lavaan"), "; recorded by validation/r/lmm-residual.R"),
  simLmeAr1 = fitLme(simFormula, sim, ~ 1 | id, correlation = corAR1(form = ~ wave | id)),
  simLmeCar1 = fitLme(simFormula, sim, ~ 1 | id, correlation = corCAR1(form = ~ wave | id)),
  simLmeVariances = fitLme(simFormula, sim, ~ 1 | id, weights = varIdent(form = ~ 1 | male)),
  simGlsAr1 = fitGls(simFormula, sim, correlation = corAR1(form = ~ wave | id)),
  huntCar1 = fitLme(pain_o ~ within + between + sex + age10 + edu + smoke + yrs, hunt, ~ 1 | id, correlation = corCAR1(form = ~ yrs | id)),
  hivsnCar1 = withDf(fitLme(hivsnFormula, hivsn, ~ 1 | id, correlation = corCAR1(form = ~ week | id)),
    satterthwaite(hivsnX, hivsn$pain, hivsn$id, function(p, i)
      exp(2 * p[1]) * plogis(p[2])^abs(outer(hivsn$week[i], hivsn$week[i], "-")) + exp(2 * p[3]), c(0.8, 0, 0.5))),
  hivsnVariances = withDf(fitLme(hivsnFormula, hivsn, ~ 1 | id, weights = varIdent(form = ~ 1 | amit)),
    satterthwaite(hivsnX, hivsn$pain, hivsn$id, function(p, i)
      diag(exp(2 * ifelse(hivsn$amit[i] == 1, p[2], p[1])), length(i)) + exp(2 * p[3]), c(0.8, 0.8, 0.5))),
  weeklyAr1 = fitGls(kneePain ~ wk + steps1000, weekly, correlation = corAR1(form = ~ wk)),
  weeklyCar1 = fitGls(kneePain ~ wk + steps1000, weekly, correlation = corCAR1(form = ~ wk)),
  orthodontAr1 = withDf(fitGls(growthFormula, orthodont, correlation = corAR1(form = ~ occ | Subject)),
    satterthwaite(growthX, orthodont$distance, orthodont$Subject, function(p, i)
      exp(2 * p[1]) * tanh(p[2])^abs(outer(orthodont$occ[i], orthodont$occ[i], "-")), c(0.8, 0.7))),
  orthodontToeplitz = fitGls(growthFormula, orthodont, correlation = corARMA(form = ~ occ | Subject, p = 3)),
  orthodontUnstructured = fitGls(growthFormula, orthodont, correlation = corSymm(form = ~ occ | Subject), weights = varIdent(form = ~ 1 | occ)),
  orthodontVariancesSex = fitLme(growthFormula, orthodont, ~ 1 | Subject, weights = varIdent(form = ~ 1 | male)),
  orthodontVariances = fitLme(growthFormula, orthodont, ~ 1 | Subject, weights = varIdent(form = ~ 1 | occ)),
  bodyweightLmeCar1 = fitLme(weight ~ Time * Diet, rats, ~ 1 | Rat, correlation = corCAR1(form = ~ Time | Rat)),
  bodyweightGlsCar1 = fitGls(weight ~ Time * Diet, rats, correlation = corCAR1(form = ~ Time | Rat)),
  ovaryLmeAr1 = fitLme(follicles ~ s + c, mares, ~ 1 | Mare, correlation = corAR1(form = ~ k | Mare)),
  ovaryGlsAr1 = fitGls(follicles ~ s + c, mares, correlation = corAR1(form = ~ k | Mare)),
  demoGrowth = list(ml = list(
    estimate = c(of("i", "~1", ""), of("s", "~1", "")),
    stdError = c(of("i", "~1", "", "se"), of("s", "~1", "", "se")),
    sigma = sqrt(of("t1", "~~", "t1")), correlation = list(),
    ratio = sapply(1:4, function(w) sqrt(of(paste0("t", w), "~~", paste0("t", w)) / of("t1", "~~", "t1"))),
    random = c(of("i", "~~", "i"), of("i", "~~", "s"), of("s", "~~", "s")),
    logLik = as.numeric(logLik(curve)), aic = as.numeric(AIC(curve))))
), "validation/numbers/lmm-residual.json", digits = 15, auto_unbox = TRUE, pretty = TRUE)
