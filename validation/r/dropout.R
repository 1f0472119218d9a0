# The discrete-time model of dropout, weights for remaining and the weighted GEE on simulated people (hunt_like), with
# glm and geepack. Run from the root of the repository: Rscript validation/r/dropout.R
# Writes validation/numbers/dropout.json.
library(geepack)
library(jsonlite)

d <- read.csv("packages/stats/src/testing/fixtures/hunt_like.csv")
d <- d[order(d$id, d$wave), ]
seen <- d[!is.na(d$pain_o), ]
carry <- function(x) { ok <- which(!is.na(x)); if (length(ok)) x[max(ok)] else NA }
risk <- do.call(rbind, lapply(split(seen, seen$id), function(q) {
  do.call(rbind, lapply(seq_len(nrow(q)), function(k) {
    if (q$wave[k] == 5) return(NULL)
    data.frame(id = q$id[k], wave = q$wave[k] + 1, left = as.integer(k == nrow(q)), last_pain = q$pain_o[k],
      change_pain = if (k > 1) q$pain_o[k] - q$pain_o[k - 1] else 0, last_ex = carry(q$ex[seq_len(k)]),
      sex = q$sex[k], age = q$age[k])
  }))
}))
tight <- glm.control(epsilon = 1e-14, maxit = 100)
full <- glm(left ~ factor(wave) + last_pain + change_pain + last_ex + sex + age, binomial, risk, control = tight,
  na.action = na.exclude)
base <- glm(left ~ factor(wave) + sex, binomial, risk, control = tight)
risk$ratio <- (1 - fitted(base)) / (1 - fitted(full))
seen$w <- mapply(function(id, wave) prod(risk$ratio[risk$id == id & risk$wave <= wave]), seen$id, seen$wave)
limits <- quantile(seen$w, c(0.01, 0.99), na.rm = TRUE)
seen$w <- pmin(pmax(seen$w, limits[1]), limits[2])
used <- seen[!is.na(seen$w), ]
m <- geeglm(pain_o ~ wave + sex, id = id, data = used, weights = w, corstr = "independence")
s <- summary(full)$coefficients
write_json(list(
  source = paste0(R.version.string, ", geepack ", packageVersion("geepack"), "; recorded by validation/r/dropout.R"),
  atRisk = nrow(risk), left = sum(risk$left), terms = rownames(s), estimate = unname(s[, 1]), stdError = unname(s[, 2]),
  weights = list(rows = nrow(used), withoutWeight = sum(is.na(seen$w)), mean = mean(used$w), stdDev = sd(used$w),
    smallest = min(used$w), largest = max(used$w), effectiveRows = sum(used$w)^2 / sum(used$w^2)),
  weighted = list(estimate = unname(coef(m)), stdError = unname(summary(m)$coefficients[, 2]))
), "validation/numbers/dropout.json", digits = 15, auto_unbox = TRUE, pretty = 1)
