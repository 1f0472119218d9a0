# Multiple imputation of simulated people (hunt_like) by mice, and Rubin's rules by mice::pool and mice::D1.
# Run from the root of the repository: Rscript validation/r/missing.R
# Writes validation/data/hunt_like_imputed5.csv and validation/numbers/missing.json.
library(mice)
library(lme4)
library(jsonlite)

raw <- read.csv("packages/stats/src/testing/fixtures/hunt_like.csv")
widen <- function(d) {
  reshape(d[c("id", "wave", "sex", "age", "edu", "smoke", "pain_c", "ex")], direction = "wide",
    idvar = "id", timevar = "wave", v.names = c("pain_c", "ex"))
}
lengthen <- function(w, k) {
  l <- reshape(w, direction = "long", idvar = "id", timevar = "wave", times = 1:5, v.names = c("pain_c", "ex"),
    varying = list(paste0("pain_c.", 1:5), paste0("ex.", 1:5)))
  l$ex_b <- ave(l$ex, l$id)
  l$ex_w <- l$ex - l$ex_b
  l$.imp <- k
  l[order(l$id, l$wave), ]
}
imputed <- function(w, m, seed) {
  imp <- mice(w[names(w) != "id"], m = m, maxit = 10, seed = seed, method = "pmm", printFlag = FALSE)
  lapply(seq_len(m), function(k) lengthen(cbind(id = w$id, complete(imp, k)), k))
}
model <- pain_c ~ ex_w + ex_b + sex + age + wave + (1 | id)
fits_of <- function(sets) lapply(sets, function(l) lmer(model, l, REML = TRUE))
rows <- function(q, u, n, k) lapply(rownames(q), function(term) {
  p <- pool.scalar(q[term, ], u[term, ], n = n, k = k)
  list(term = term, estimate = p$qbar, within = p$ubar, between = p$b, total = p$t, df = p$df,
    r = p$r, fmi = p$fmi)
})
parts <- function(fits) {
  list(q = sapply(fits, fixef), u = sapply(fits, function(f) diag(as.matrix(vcov(f)))))
}

# Five imputations of 80 people, kept as data: the pooling is checked to the digit.
small <- imputed(widen(raw[raw$id <= 80, ]), 5, 20240501)
kept <- do.call(rbind, small)
write.csv(kept[c(".imp", "id", "wave", "sex", "age", "pain_c", "ex")],
  "validation/data/hunt_like_imputed5.csv", row.names = FALSE, quote = FALSE)
fits <- fits_of(small)
p <- parts(fits)
n <- nobs(fits[[1]])
lms <- lapply(small, function(l) lm(pain_c ~ ex_w + ex_b + sex + age + wave, l))
d1 <- function(dfcom) {
  without <- lapply(small, function(l) lm(pain_c ~ sex + age + wave, l))
  t <- mitml::testModels(lms, without, method = "D1", df.com = dfcom)$test
  list(f = t[1, "F.value"], df1 = t[1, "df1"], df2 = t[1, "df2"], pValue = t[1, "P(>F)"], r = t[1, "RIV"])
}
lm_pool <- summary(pool(as.mira(lms)))
pooled_lm <- pool(as.mira(lms))$pooled

# Fifty imputations of all 600 people: another program's imputations must agree within their Monte-Carlo error.
large <- parts(fits_of(imputed(widen(raw), 50, 20240502)))

write_json(list(
  source = paste0("mice ", packageVersion("mice"), ", mitml ", packageVersion("mitml"), ", lme4 ",
    packageVersion("lme4"), ", ", R.version.string, "; validation/r/missing.R"),
  small = list(m = 5, n = n, k = 6, pooled = rows(p$q, p$u, n, 6)),
  lm = list(pooled = pooled_lm[c("term", "estimate", "ubar", "b", "t", "dfcom", "df", "riv", "lambda", "fmi")],
    pValue = lm_pool$p.value),
  d1 = list(infinite = d1(NULL), finite = d1(n - 6)),
  large = list(m = 50, pooled = rows(large$q, large$u, 3000, 6))
), "validation/numbers/missing.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
