# Cumulative logit by ordinal::clm, MASS::polr and ordinal::clmm (Laplace, with a random slope), and logistic mixed
# models by lme4::glmer, on the simulated panel of packages/stats/src/testing/fixtures/hunt_like.csv.
# Run from the root of the repository: Rscript validation/r/clmm.R
# Writes validation/numbers/clmm-recorded.json.
library(ordinal)
library(lme4)
library(jsonlite)

d <- read.csv("packages/stats/src/testing/fixtures/hunt_like.csv")
d <- d[complete.cases(d[, c("pain_o", "ex")]), ]
d$y <- factor(d$pain_o)
d$high <- as.integer(d$pain_o >= 2)

named <- function(x) as.list(x)
cumulative <- function(m) {
  s <- coef(summary(m))
  list(estimate = named(s[, 1]), stdError = named(s[, 2]), logLik = as.numeric(logLik(m)))
}

plain <- y ~ ex + sex + age + wave
m <- clm(plain, data = d)
p <- MASS::polr(plain, data = d, Hess = TRUE)
few <- d[d$id <= 300, ]
few$id <- factor(few$id)
slope <- clmm(y ~ ex + sex + wave + (1 + ex | id), data = few,
              control = clmm.control(gradTol = 1e-6))

# From its own start bobyqa stops short of the Laplace optimum; from the fit with more nodes it does not.
binary <- function(f, q, start = NULL) {
  m <- glmer(f, d, family = binomial, nAGQ = q, start = start,
             control = glmerControl(optimizer = "bobyqa", optCtrl = list(maxfun = 1e5, rhoend = 1e-9)))
  s <- coef(summary(m))
  v <- as.data.frame(VarCorr(m))
  list(estimate = named(s[, 1]), stdError = named(s[, 2]), logLik = as.numeric(logLik(m)),
       sd = v$sdcor[is.na(v$var2)], correlation = v$sdcor[!is.na(v$var2)])
}

one <- high ~ ex + sex + wave + (1 | id)
nine <- glmer(one, d, family = binomial, nAGQ = 9)

out <- list(
  source = sprintf("%s, ordinal %s, lme4 %s, MASS %s; recorded by validation/r/clmm.R",
                   R.version.string, packageVersion("ordinal"), packageVersion("lme4"), packageVersion("MASS")),
  clm = cumulative(m),
  polr = list(estimate = named(c(coef(p), p$zeta)), logLik = as.numeric(logLik(p))),
  clmmSlope = c(cumulative(slope),
                list(sd = as.numeric(attr(VarCorr(slope)$id, "stddev")), correlation = attr(VarCorr(slope)$id, "correlation")[2, 1],
                     maxGradient = max(abs(slope$gradient)))),
  glmerIntercept1 = binary(one, 1, list(theta = getME(nine, "theta"), fixef = fixef(nine))),
  glmerIntercept9 = binary(one, 9),
  glmerIntercept25 = binary(one, 25),
  glmerSlope = binary(high ~ ex + sex + wave + (1 + ex | id), 1, list(theta = c(getME(nine, "theta"), 0, 0.1), fixef = fixef(nine))),
  glm = { g <- glm(high ~ ex + sex + wave, binomial, d, control = glm.control(epsilon = 1e-14)); s <- coef(summary(g))
    list(estimate = named(s[, 1]), stdError = named(s[, 2]), logLik = as.numeric(logLik(g))) }
)
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), "validation/numbers/clmm-recorded.json")
