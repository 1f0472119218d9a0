# Nested factors, Kenward-Roger and profile intervals by lme4, lmerTest and pbkrtest.
# Run from the root of the repository: Rscript validation/r/lmm-nested.R
# Writes validation/numbers/lmm-tests.json, and validation/data/nested_sim.csv: simulated people at simulated sites.
suppressMessages({
  library(lmerTest)
  library(pbkrtest)
  library(jsonlite)
})
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 2e-9, maxfun = 1e5))
fixture <- function(name) read.csv(file.path("packages/stats/src/testing/fixtures", paste0(name, ".csv")))
shared <- function(name) read.csv(file.path("validation/data", paste0(name, ".csv")))
packaged <- function(name, package) {
  space <- new.env()
  data(list = name, package = package, envir = space)
  as.data.frame(space[[name]])
}

simulate_nested <- function() {
  set.seed(20130613)
  d <- expand.grid(wave = 0:3, within = 1:6, at = 1:4, region = 1:6)
  d$site <- (d$region - 1) * 4 + d$at
  d$person <- (d$site - 1) * 6 + d$within
  draw <- function(code, sd) rnorm(max(code), 0, sd)[code]
  d$x <- round(rnorm(nrow(d)) + draw(d$person, 0.5), 3)
  d$y <- 3 + 0.3 * d$wave - 0.2 * d$x + draw(d$region, 0.8) + draw(d$site, 0.5) + draw(d$person, 1) +
    d$wave * (draw(d$site, 0.2) + draw(d$person, 0.3)) + rnorm(nrow(d), 0, 0.7)
  d$y <- round(d$y, 3)
  d <- d[-sample(nrow(d), 40), c("region", "site", "person", "wave", "x", "y")]
  write.csv(d, "validation/data/nested_sim.csv", row.names = FALSE)
}
simulate_nested()

coefs <- function(m, ddf) {
  s <- coef(summary(m, ddf = ddf))
  list(stdError = as.numeric(s[, "Std. Error"]), df = as.numeric(s[, "df"]))
}
terms <- function(m, ddf) {
  a <- anova(m, type = 3, ddf = ddf)
  if (nrow(a) == 0) return(list())
  list(term = I(rownames(a)), dfNumerator = I(a$NumDF), dfDenominator = I(a$DenDF), statistic = I(a[["F value"]]))
}
record <- function(f, d, kr = TRUE, profile = FALSE) {
  m <- lmer(f, d, REML = TRUE, control = control)
  ml <- lmer(f, d, REML = FALSE, control = control)
  re <- ranef(m, condVar = TRUE)
  first <- lapply(re, function(g) {
    v <- attr(g, "postVar")
    v <- if (is.list(v)) v[[1]] else v
    list(level = rownames(g)[1], mode = as.numeric(g[1, ]), conditionalStdDev = sqrt(diag(as.matrix(v[, , 1]))))
  })
  out <- list(
    estimate = as.numeric(fixef(m)), satterthwaite = coefs(m, "Satterthwaite"), theta = as.numeric(getME(m, "theta")),
    groups = as.list(getME(m, "l_i")), sigma = sigma(m), logLik = as.numeric(logLik(m)),
    logLikMl = as.numeric(logLik(ml)), sumOfSquaredModes = lapply(re, function(g) colSums(as.matrix(g)^2)),
    termTests = terms(m, "Satterthwaite")
  )
  if (kr) {
    out$kenwardRoger <- coefs(m, "Kenward-Roger")
    out$termTestsKenwardRoger <- terms(m, "Kenward-Roger")
  }
  if (profile) {
    p <- suppressWarnings(confint(ml, method = "profile", quiet = TRUE, oldNames = FALSE))
    out$profile <- list(parameter = rownames(p), lower = as.numeric(p[, 1]), upper = as.numeric(p[, 2]))
  }
  out
}

hivsn <- fixture("hivsn_crossover_pain")
hivsn$amit <- as.integer(hivsn$treatment == "A")
hivsn$p2 <- hivsn$period - 1
hivsn$pid <- paste(hivsn$id, hivsn$period)
ashar <- fixture("ashar_backpain")
ashar <- ashar[ashar$is_patient == 1 & !is.na(ashar$pain_avg) & !is.na(ashar$group), ]
ashar$post <- ashar$time - 1
ashar$group <- factor(ashar$group)
cohort <- fixture("hunt_sim_6419")
cohort <- cohort[!is.na(cohort$ex_index) & !is.na(cohort$pain_vrs), ]
cohort <- cohort[ave(cohort$wave, cohort$id, FUN = length) >= 2, ]
cohort <- cohort[cohort$id %in% unique(cohort$id)[1:300], ]
cohort$male <- as.integer(cohort$sex == "male")
cohort$between <- ave(cohort$ex_index, cohort$id)
cohort$within <- cohort$ex_index - cohort$between
orthodont <- packaged("Orthodont", "nlme")
orthodont$age11 <- orthodont$age - 11
orthodont$male <- as.integer(orthodont$Sex == "Male")
orthodont$Subject <- factor(orthodont$Subject, ordered = FALSE)
oxboys <- packaged("Oxboys", "nlme")
oxboys$age2 <- oxboys$age^2
math <- packaged("MathAchieve", "nlme")
math$between <- ave(math$SES, math$School)
math$within <- math$SES - math$between
pixel <- packaged("Pixel", "nlme")
pixel$day2 <- pixel$day^2
single <- packaged("egsingle", "mlmRev")
sleepstudy <- fixture("sleepstudy")
nested <- shared("nested_sim")
nested$wave_factor <- factor(nested$wave)

exposure <- pain_vrs ~ wave + male + age + within + between + within:male
out <- list(
  source = paste0(R.version.string, ", lme4 ", packageVersion("lme4"), ", lmerTest ", packageVersion("lmerTest"),
                  ", pbkrtest ", packageVersion("pbkrtest"), "; recorded by validation/r/lmm-nested.R"),
  `sleepstudy-slope` = record(Reaction ~ Days + (Days | Subject), sleepstudy, profile = TRUE),
  `sleepstudy-uncorrelated` = record(Reaction ~ Days + (Days || Subject), sleepstudy, profile = TRUE),
  dyestuff = record(Yield ~ 1 + (1 | Batch), fixture("dyestuff"), profile = TRUE),
  dyestuff2 = record(Yield ~ 1 + (1 | Batch), fixture("dyestuff2"), profile = TRUE),
  `hivsn-intercept` = record(pain ~ amit * week_in_period + p2 + (1 | id), hivsn, profile = TRUE),
  `hivsn-nested` = record(pain ~ amit * week_in_period + p2 + (1 | id) + (1 | pid), hivsn, profile = TRUE),
  ashar = record(pain_avg ~ post * group + (1 | id), ashar, profile = TRUE),
  `cohort-intercept` = record(update(exposure, . ~ . + (1 | id)), cohort, profile = TRUE),
  `cohort-slope` = record(update(exposure, . ~ . + (1 + wave | id)), cohort, profile = TRUE),
  pastes = record(strength ~ 1 + (1 | batch / cask), shared("pastes"), profile = TRUE),
  oxide = record(Thickness ~ Source + (1 | Lot / Wafer), transform(shared("oxide"), Source = factor(Source)),
                 profile = TRUE),
  `three-levels` = record(y ~ wave_factor + x + (1 | region) + (1 | site) + (1 | person), nested),
  `three-levels-slopes` = record(y ~ wave + x + (1 | region) + (1 + wave | site) + (1 + wave | person), nested),
  orthodont = record(distance ~ age11 * male + (1 + age11 | Subject), orthodont, profile = TRUE),
  oxboys = record(height ~ age + age2 + (age + age2 | Subject), oxboys),
  dietox = record(Weight ~ Time + Cu + (Time | Pig), packaged("dietox", "geepack")),
  mathachieve = record(MathAch ~ within * between + (within | School), math, kr = FALSE),
  pixel = record(pixel ~ day + day2 + (day | Dog) + (1 | Dog:Side), pixel),
  egsingle = record(math ~ year + (1 + year | schoolid / childid), single, kr = FALSE)
)
writeLines(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE, null = "null", na = "null"),
           "validation/numbers/lmm-tests.json")
