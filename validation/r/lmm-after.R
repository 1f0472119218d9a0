# What is asked after a mixed fit, from lme4's estimates with whole matrices: Henderson's mixed model equations for
# predictions and personal slopes, the expected information of variances, and least squares without one person.
# Run from the root of the repository: Rscript validation/r/lmm-after.R
# Writes validation/numbers/lmm-after.json.
suppressMessages({
  library(lme4)
  library(jsonlite)
})
fixture <- function(name) read.csv(file.path("packages/stats/src/testing/fixtures", paste0(name, ".csv")))
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 2e-10, maxfun = 1e5))
fit <- function(f, d) lme4::lmer(f, d, REML = TRUE, control = tight)
rows <- 1:25

after <- function(m, id) {
  X <- as.matrix(getME(m, "X")); Z <- as.matrix(getME(m, "Z")); y <- getME(m, "y"); s2 <- sigma(m)^2
  G <- s2 * as.matrix(crossprod(getME(m, "Lambdat")))
  C <- solve(rbind(cbind(crossprod(X), crossprod(X, Z)), cbind(crossprod(Z, X), crossprod(Z) + s2 * solve(G))) / s2)
  W <- cbind(X, Z)[rows, ]
  V <- Z %*% G %*% t(Z) + s2 * diag(nrow(Z))
  f <- var(as.numeric(X %*% fixef(m)))
  a <- sum(diag(Z %*% G %*% t(Z))) / nrow(Z)
  without <- lapply(unique(id)[1:3], function(person) {
    k <- id != person
    Vi <- solve(V[k, k])
    b <- solve(t(X[k, ]) %*% Vi %*% X[k, ], t(X[k, ]) %*% Vi %*% y[k])
    as.numeric((b - fixef(m)) / sqrt(diag(as.matrix(vcov(m)))))
  })
  list(
    fitted = as.numeric(fitted(m))[rows], predictionError = sqrt(rowSums((W %*% C) * W)),
    populationError = sqrt(rowSums((X %*% as.matrix(vcov(m))) * X))[rows], hat = as.numeric(hatvalues(m))[rows],
    hatSum = sum(hatvalues(m)), marginal = f / (f + a + s2), conditional = (f + a) / (f + a + s2), dfbetas = without,
    C = C, V = V, X = X, Z = Z
  )
}
modes <- function(m) lapply(ranef(m, condVar = TRUE), function(g) {
  list(mode = as.numeric(g[1:15, 1]), stdDev = sqrt(attr(g, "postVar")[1, 1, 1:15]))
})

p <- fixture("hivsn_crossover_pain")
p <- p[!is.na(p$pain), ]
p$amit <- as.integer(p$treatment == "A")
p$p2 <- p$period - 1
nested <- fit(pain ~ amit * week_in_period + p2 + (1 | id) + (1 | id:period), p)

h <- fixture("hunt_like")
h <- h[!is.na(h$pain_o) & !is.na(h$ex), ]
h$b <- ave(h$ex, h$id)
h$w <- h$ex - h$b
slope <- fit(pain_o ~ w + b + wave + (1 + wave | id), h)
of_slope <- after(slope, h$id)
# Personal slopes of wave, in Z's order of columns: intercept and slope of each person.
people <- ncol(of_slope$Z) / 2
p_fixed <- ncol(of_slope$X)
personal <- sapply(1:10, function(i) {
  w <- rep(0, p_fixed + 2 * people)
  w[4] <- 1
  w[p_fixed + 2 * i] <- 1
  sqrt(sum(w * (of_slope$C %*% w)))
})
Vi <- solve(of_slope$V)
Zi <- of_slope$Z[, seq(1, 2 * people, 2)]
Zs <- of_slope$Z[, seq(2, 2 * people, 2)]
D <- list(tcrossprod(Zi), tcrossprod(Zi, Zs) + tcrossprod(Zs, Zi), tcrossprod(Zs), diag(nrow(h)))
products <- lapply(D, function(d) Vi %*% d)
information <- outer(1:4, 1:4, Vectorize(function(i, j) sum(products[[i]] * t(products[[j]])) / 2))
tau2 <- VarCorr(slope)$id[2, 2]
b <- fixef(slope)[4]
z <- -abs(b) / sqrt(tau2)
margin <- qnorm(.975) * sqrt(vcov(slope)[4, 4] / tau2 + z^2 * solve(information)[3, 3] / (4 * tau2^2))
keep <- setdiff(names(of_slope), c("C", "V", "X", "Z"))
numbers <- list(
  nested = c(after(nested, p$id)[keep], list(ranef = modes(nested))),
  slope = c(of_slope[keep], list(
    ranef = modes(slope), personal = as.numeric(b + ranef(slope)$id[1:10, 2]), personalError = personal,
    share = pnorm(c(z, z - margin, z + margin))
  ))
)
source <- paste0(R.version.string, ", lme4 ", packageVersion("lme4"), "; recorded by validation/r/lmm-after.R")
write(toJSON(c(list(source = source), numbers), digits = NA, auto_unbox = TRUE, pretty = 1), "validation/numbers/lmm-after.json")
