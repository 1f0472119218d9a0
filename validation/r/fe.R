# Fixed effects, random effects and the tests between them by plm.
# Run from the root of the repository: Rscript validation/r/fe.R
# Writes validation/numbers/fe.json.
suppressMessages({
  library(plm)
  library(jsonlite)
})
fixture <- function(name) read.csv(file.path("packages/stats/src/testing/fixtures", paste0(name, ".csv")))
clustered <- function(m) lapply(
  list(`arellano-hc0` = "HC0", `arellano-hc1` = "HC1", arellano = "sss"),
  function(type) as.numeric(sqrt(diag(vcovHC(m, method = "arellano", type = type, cluster = "group"))))
)
record <- function(m) list(
  estimate = as.numeric(coef(m)), stdError = as.numeric(sqrt(diag(vcov(m)))), clustered = clustered(m),
  dfResidual = m$df.residual, rSquared = as.numeric(summary(m)$r.squared["rsq"])
)
panel <- function(f, d, index) {
  fixed <- plm(f, d, index = index, model = "within")
  times <- plm(f, d, index = index, model = "within", effect = "twoways")
  random <- plm(f, d, index = index, model = "random")
  varying <- reformulate(names(coef(fixed)), all.vars(f)[1])
  test <- pFtest(fixed, plm(varying, d, index = index, model = "pooling"))
  classical <- phtest(fixed, random)
  theta <- unlist(ercomp(random)$theta)
  list(
    person = c(record(fixed), list(effectsTest = list(statistic = as.numeric(test$statistic), df = as.numeric(test$parameter))),
      list(levels = head(as.numeric(fixef(fixed)), 10))),
    twoway = record(times),
    random = c(record(random), list(variances = as.numeric(ercomp(random)$sigma2), theta = as.numeric(range(theta)))),
    hausman = list(chiSquare = as.numeric(classical$statistic), df = as.numeric(classical$parameter))
  )
}
h <- fixture("hunt_like")
h <- h[!is.na(h$pain_o) & !is.na(h$ex), ]
h$yrs <- h$time / 365.25
s <- fixture("hunt_sim_6419")
s <- s[!is.na(s$ex_index) & !is.na(s$pain_vrs), ]
s <- s[ave(s$wave, s$id, FUN = length) >= 2, ]
s$t <- s$wave
s$xm <- s$ex_index * (s$sex == "male")
data(Grunfeld, package = "plm")
data(LaborSupply, package = "plm")
work <- lnhr ~ lnwg + kids + disab
regression <- phtest(work, LaborSupply, index = c("id", "year"), method = "aux")
oracle <- plm(pain_o ~ ex + yrs, pdata.frame(h, index = c("id", "wave")), model = "within")
numbers <- list(
  hunt = panel(pain_o ~ ex + yrs + sex, h, c("id", "wave")),
  cohort = panel(pain_vrs ~ t + ex_index + xm, s, c("id", "wave")),
  grunfeld = panel(inv ~ value + capital, Grunfeld, c("firm", "year")),
  laborSupply = c(panel(work, LaborSupply, c("id", "year")), list(mundlak = as.numeric(regression$statistic))),
  oracle = list(estimate = as.numeric(coef(oracle)), stdError = as.numeric(sqrt(diag(vcov(oracle)))), clustered = clustered(oracle))
)
source <- paste0(R.version.string, ", plm ", packageVersion("plm"), "; recorded by validation/r/fe.R")
write(toJSON(c(list(source = source), numbers), digits = NA, auto_unbox = TRUE, pretty = 1), "validation/numbers/fe.json")
