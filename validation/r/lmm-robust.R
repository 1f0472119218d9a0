# Cluster-robust standard errors by clubSandwich, with Satterthwaite's degrees of freedom, of lme4's fits and of lm.
# Run from the root of the repository: Rscript validation/r/lmm-robust.R
# The cohort of 6,419 takes clubSandwich minutes and some gigabytes.
# Writes validation/numbers/lmm-robust.json.
suppressMessages({
  library(lme4)
  library(clubSandwich)
  library(nlme)
  library(plm)
  library(jsonlite)
})
fixture <- function(name) read.csv(file.path("packages/stats/src/testing/fixtures", paste0(name, ".csv")))
within_between <- function(d, id, x) {
  d$between <- ave(d[[x]], d[[id]])
  d$within <- d[[x]] - d$between
  d
}
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 2e-10, maxfun = 1e5))
fit <- function(f, d, reml = TRUE) lme4::lmer(f, d, REML = reml, control = tight)
record <- function(m, types, cluster = NULL) {
  one <- function(type) {
    v <- if (is.null(cluster)) vcovCR(m, type = type) else vcovCR(m, cluster = cluster, type = type)
    test <- as.data.frame(coef_test(m, vcov = v, test = "Satterthwaite"))
    list(stdError = as.numeric(test$SE), df = as.numeric(test$df_Satt))
  }
  estimate <- if (inherits(m, c("lm", "gls"))) coef(m) else fixef(m)
  list(estimate = as.numeric(estimate), errors = lapply(setNames(nm = types), one))
}
all_types <- c("CR0", "CR1", "CR2")

h <- fixture("hunt_like")
h <- within_between(h[!is.na(h$pain_o) & !is.na(h$ex), ], "id", "ex")
h <- within(h, { age10 <- (age - 50) / 10; yrs <- time / 365.25 })
hybrid <- pain_o ~ within + between + sex + age10 + edu + smoke + yrs + (1 | id)
s <- fixture("hunt_sim_6419")
s <- s[!is.na(s$ex_index) & !is.na(s$pain_vrs), ]
s <- within_between(s[ave(s$wave, s$id, FUN = length) >= 2, ], "id", "ex_index")
s$male <- as.integer(s$sex == "male")
few <- s[s$id %in% sort(unique(s$id))[1:300], ]
a <- fixture("ashar_backpain")
a <- a[a$is_patient == 1 & !is.na(a$pain_avg) & !is.na(a$group), ]
a$post <- a$time - 1
a$group <- factor(a$group)
p <- fixture("hivsn_crossover_pain")
p <- p[!is.na(p$pain), ]
p$amit <- as.integer(p$treatment == "A")
p$p2 <- p$period - 1
o <- as.data.frame(nlme::Orthodont)
o$male <- as.integer(o$Sex == "Male")
o$age11 <- o$age - 11
data(LaborSupply, package = "plm")
l <- within_between(LaborSupply, "id", "lnwg")
l$t <- l$year - 1979
p$pid <- paste(p$id, p$period)
# nlme stops where its likelihood is flat to about 1e-8; tightened, its correlation agrees to 1e-5.
steady <- lmeControl(msTol = 1e-12, tolerance = 1e-10, msMaxIter = 500, opt = "optim", reltol = 1e-14)
car <- lme(pain_o ~ within + between + sex, random = ~ 1 | id, correlation = corCAR1(form = ~ yrs | id), data = h, control = steady)
h$w1 <- h$wave
ar <- gls(pain_o ~ within + between + sex, correlation = corAR1(form = ~ w1 | id), data = h, control = glsControl(msTol = 1e-12, tolerance = 1e-10))
pooled <- lm(lnhr ~ lnwg + kids + disab, l)

numbers <- list(
  huntMl = record(fit(hybrid, h, FALSE), all_types),
  huntSlope = record(fit(pain_o ~ within * sex + between + (1 + within | id), h), all_types),
  sleepstudyIntercept = record(fit(Reaction ~ Days + (1 | Subject), sleepstudy), all_types),
  sleepstudySlope = record(fit(Reaction ~ Days + (Days | Subject), sleepstudy), all_types),
  orthodont = record(fit(distance ~ age11 * male + (1 + age11 | Subject), o), all_types),
  ashar = record(fit(pain_avg ~ post * group + (1 | id), a), all_types),
  hivsn = record(fit(pain ~ amit * week_in_period + p2 + (1 | id), p), all_types),
  hivsnNested = record(fit(pain ~ amit * week_in_period + p2 + (1 | id) + (1 | pid), p), all_types, p$id),
  huntCar1 = record(car, all_types),
  huntAr1 = record(ar, all_types),
  cohort300 = record(fit(pain_vrs ~ wave + male + age + within + between + within:male + (1 + wave | id), few), all_types),
  laborSupplyHybrid = record(fit(lnhr ~ t + within + between + kids + disab + (1 | id), l), all_types),
  laborSupplyPooled = record(pooled, all_types, l$id),
  cohort = record(fit(pain_vrs ~ wave + male + age + within + between + within:male + (1 | id), s), all_types)
)
versions <- paste("lme4", packageVersion("lme4"), "and clubSandwich", packageVersion("clubSandwich"))
source <- paste0(R.version.string, ", ", versions, "; recorded by validation/r/lmm-robust.R")
write(toJSON(c(list(source = source), numbers), digits = NA, auto_unbox = TRUE, pretty = 1), "validation/numbers/lmm-robust.json")
