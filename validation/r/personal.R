# One person's days (MyAIGuide participant 1, MIT) by nlme::gls, and slopes of several people by metafor::rma.
# Run from the root of the repository: Rscript validation/r/personal.R
# Reads validation/data/myaiguide_p1_daily.csv; writes validation/numbers/personal.json.
library(nlme)
library(metafor)
library(jsonlite)

d <- read.csv("validation/data/myaiguide_p1_daily.csv")
d <- d[d$day < 500, ]
# Without one day in seven there are gaps; a quarter of a day more on some gives unequal distances.
d$gap <- d$day %% 7 == 3
d$hour <- d$day + 0.25 * (d$day %% 3)
one <- function(fit) {
  list(estimate = as.numeric(coef(fit)), stdError = as.numeric(sqrt(diag(vcov(fit)))), sigma = fit$sigma,
    phi = as.numeric(coef(fit$modelStruct$corStruct, unconstrained = FALSE)), logLik = as.numeric(logLik(fit)),
    aic = AIC(fit), nobs = fit$dims$N)
}
tight <- glsControl(tolerance = 1e-10, msTol = 1e-12, returnObject = TRUE)
series <- function(correlation, method) {
  one(gls(kneePain ~ steps1000 + day, d[!d$gap, ], correlation = correlation, method = method, control = tight))
}
slopes <- data.frame(
  estimate = c(-0.21, 0.05, -0.32, -0.02, -0.4, 0.11, -0.15, -0.27, -0.08, -0.5),
  stdError = c(0.09, 0.12, 0.1, 0.07, 0.2, 0.15, 0.06, 0.11, 0.13, 0.25)
)
meta <- function(method) {
  f <- rma(yi = slopes$estimate, sei = slopes$stdError, method = method, control = list(threshold = 1e-12))
  list(estimate = as.numeric(f$b), stdError = f$se, tau2 = f$tau2, q = f$QE, qPValue = f$QEp,
    shrunken = as.numeric(blup(f)$pred), shrunkenStdError = as.numeric(blup(f)$se))
}
write_json(list(
  source = paste0("nlme ", packageVersion("nlme"), ", metafor ", packageVersion("metafor"), ", ",
    R.version.string, "; validation/r/personal.R"),
  ar1 = list(reml = series(corAR1(form = ~ day), "REML"), ml = series(corAR1(form = ~ day), "ML")),
  car1 = list(reml = series(corCAR1(form = ~ hour), "REML"), ml = series(corCAR1(form = ~ hour), "ML")),
  slopes = slopes,
  meta = list(reml = meta("REML"), dl = meta("DL"))
), "validation/numbers/personal.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
