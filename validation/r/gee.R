# GEE by geepack and generalised linear models by glm. geeglm stops when nothing moves by 1e-4; these fits go on to
# 1e-12. The small-sample sandwiches are computed from their definitions with whole matrices (I - H) of each person.
# Run from the root of the repository: Rscript validation/r/gee.R
# geeglm makes a factor of `waves`, so waves 1, 3, 6 count as 1, 2, 3; geese takes them as they are, but must then be
# given a correlation to start from, since at 0 it cannot move unless two waves are one apart.
# Writes validation/numbers/gee.json.
library(geepack)
library(jsonlite)

tight <- geese.control(epsilon = 1e-12, maxit = 500)
clean <- function(x) as.numeric(unlist(x))

# Robust, Mancl-DeRouen and Kauermann-Carroll covariances from a fit, person by person.
corrected <- function(m, d, waves) {
  X <- model.matrix(m); mu <- fitted(m); binomial <- family(m)$family == "binomial"
  w <- if (is.null(m$prior.weights)) rep(1, nrow(X)) else m$prior.weights
  v <- if (binomial) mu * (1 - mu) else rep(1, length(mu))
  a <- clean(m$geese$alpha); n <- nrow(X)
  ids <- split(seq_len(n), m$id)
  R <- function(i) {
    k <- length(i); t <- waves[i]
    if (length(a) == 0 || k == 1) return(diag(k))
    if (m$corstr == "ar1") return(a^abs(outer(t, t, "-")))
    r <- matrix(a[1], k, k); diag(r) <- 1; r
  }
  parts <- lapply(ids, function(i) {
    # geepack puts the roots of the weights on both sides of the working correlation.
    V <- diag(sqrt(v[i] / w[i]), length(i)) %*% R(i) %*% diag(sqrt(v[i] / w[i]), length(i))
    list(D = v[i] * X[i, , drop = FALSE], Vi = solve(V), r = m$y[i] - mu[i])
  })
  bread <- solve(Reduce(`+`, lapply(parts, function(p) t(p$D) %*% p$Vi %*% p$D)))
  root <- function(H) { e <- eigen(diag(nrow(H)) - H); Re(e$vectors %*% diag(1 / sqrt(e$values + 0i), nrow(H)) %*% solve(e$vectors)) }
  meat <- function(f) Reduce(`+`, lapply(parts, function(p) {
    H <- p$D %*% bread %*% t(p$D) %*% p$Vi
    u <- t(p$D) %*% p$Vi %*% f(H) %*% p$r
    u %*% t(u)
  }))
  se <- function(f) sqrt(diag(bread %*% meat(f) %*% bread))
  list(robust = se(function(H) diag(nrow(H))), manclDeRouen = se(function(H) solve(diag(nrow(H)) - H)),
    kauermannCarroll = se(root))
}

one <- function(f, d, corstr, family = gaussian, waves = NULL, weights = NULL, small = FALSE) {
  d$.w <- if (is.null(weights)) 1 else d[[weights]]
  d$.t <- if (is.null(waves)) ave(d$.id, d$.id, FUN = seq_along) else d[[waves]]
  m <- geeglm(f, family = family, data = d, id = .id, corstr = corstr, waves = .t, weights = .w, control = tight)
  s <- summary(m)$coefficients
  q <- if (is.null(weights)) QIC(m) else NULL
  out <- list(correlation = corstr, terms = names(coef(m)), estimate = clean(coef(m)), stdError = clean(s[, 2]),
    modelStdError = sqrt(diag(m$geese$vbeta.naiv)), scale = clean(m$geese$gamma),
    scaleStdError = sqrt(clean(m$geese$vgamma)), alpha = clean(m$geese$alpha),
    alphaStdError = if (length(m$geese$alpha)) sqrt(diag(as.matrix(m$geese$valpha))),
    qic = if (!is.null(q)) unname(q["QIC"]), qicu = if (!is.null(q)) unname(q["QICu"]),
    people = length(m$geese$clusz))
  if (small) {
    by_hand <- corrected(m, d, d$.t)
    stopifnot(max(abs(by_hand$robust / out$stdError - 1)) < 1e-6)
    out <- c(out, by_hand[c("manclDeRouen", "kauermannCarroll")])
  }
  out
}
by_geese <- function(f, d, weeks) {
  d$.t <- weeks
  m <- geese(f, id = .id, data = d, corstr = "ar1", waves = .t, alpha = 0.8, control = tight)
  list(correlation = "ar1", terms = names(m$beta), estimate = clean(m$beta), stdError = sqrt(diag(m$vbeta)),
    modelStdError = sqrt(diag(m$vbeta.naiv)), scale = clean(m$gamma), scaleStdError = sqrt(clean(m$vgamma)),
    alpha = clean(m$alpha), alphaStdError = sqrt(clean(m$valpha)), qic = NULL, qicu = NULL)
}
family_of <- function(f, d, corstrs, ...) lapply(setNames(corstrs, corstrs), function(cs) one(f, d, cs, ...))
# geeglm takes a character id as one person: whole numbers in the order of appearance, rows of a person together.
by_person <- function(d, id) { d$.id <- match(d[[id]], unique(d[[id]])); d[order(d$.id), ] }
three <- c("independence", "exchangeable", "ar1")

fixture <- function(name) read.csv(paste0("packages/stats/src/testing/fixtures/", name, ".csv"))
hunt <- by_person(fixture("hunt_like"), "id")
hunt <- hunt[complete.cases(hunt[c("pain_o", "ex")]), ]
hunt$ex_b <- ave(hunt$ex, hunt$id); hunt$ex_w <- hunt$ex - hunt$ex_b
hunt$high <- as.integer(hunt$pain_o >= 3); hunt$weight <- 1 + hunt$smoke + 0.25 * hunt$edu; hunt$weightByWave <- 1 + 0.2 * hunt$wave
sim <- by_person(fixture("hunt_sim_6419"), "id")
sim <- sim[!is.na(sim$ex_index) & !is.na(sim$pain_vrs), ]; sim <- sim[ave(sim$wave, sim$id, FUN = length) >= 2, ]
sim$male <- as.integer(sim$sex == "male"); sim$age10 <- (sim$age - 50) / 10; sim$sig <- as.integer(sim$pain_vrs >= 4)
sim$ex_b <- ave(sim$ex_index, sim$id); sim$ex_w <- sim$ex_index - sim$ex_b
hivsn <- fixture("hivsn_crossover_pain"); hivsn <- by_person(hivsn[order(hivsn$id, hivsn$week), ], "id")
hivsn$amit <- as.integer(hivsn$treatment == "A"); hivsn$p2 <- hivsn$period - 1
data(dietox, package = "geepack"); dietox <- by_person(dietox, "Pig"); dietox$Time2 <- dietox$Time^2
data(ohio, package = "geepack"); ohio <- by_person(ohio, "id"); ohio$position <- ohio$age + 3
data(respiratory, package = "geepack"); respiratory$pid <- paste(respiratory$center, respiratory$id)
respiratory <- by_person(respiratory, "pid")
small <- hunt[hunt$id <= 24, ]

glm_of <- function(f, d, family, weights = NULL) {
  d$.w <- if (is.null(weights)) 1 else d[[weights]] + 1
  m <- glm(f, family, d, weights = .w, control = glm.control(epsilon = 1e-14, maxit = 100))
  s <- summary(m)
  list(terms = names(coef(m)), estimate = clean(coef(m)), stdError = clean(s$coefficients[, 2]),
    logLik = as.numeric(logLik(m)), aic = AIC(m), bic = BIC(m), residualDeviance = m$deviance,
    nullDeviance = m$null.deviance, dispersion = s$dispersion)
}
numbers <- list(
  source = paste0(R.version.string, ", geepack ", packageVersion("geepack"), "; recorded by validation/r/gee.R"),
  hunt = family_of(pain_o ~ ex_w + ex_b + sex + age, hunt, three, waves = "wave", small = TRUE),
  huntBinomial = family_of(high ~ ex_w + ex_b + sex + age, hunt, three, family = binomial, waves = "wave", small = TRUE),
  huntFew = family_of(pain_o ~ ex + sex, small, three, waves = "wave", small = TRUE),
  huntWeighted = family_of(pain_o ~ ex + sex + age, hunt, three, waves = "wave", weights = "weight", small = TRUE),
  huntWeightedByWave = family_of(high ~ ex + sex + age, hunt, c("independence", "exchangeable"), family = binomial,
    waves = "wave", weights = "weightByWave"),
  sim = family_of(pain_vrs ~ wave + male + age10 + ex_w + ex_b + ex_w:male, sim, three),
  simBinomial = family_of(sig ~ wave + male + age10 + ex_index, sim, three, family = binomial),
  simByWave = family_of(pain_vrs ~ wave + male + age10 + ex_index, sim, "ar1", waves = "wave"),
  hivsn = family_of(pain ~ amit * week_in_period + p2, hivsn, three),
  hivsnByWeek = list(ar1 = by_geese(pain ~ amit * week_in_period + p2, hivsn, hivsn$week)),
  dietox = family_of(Weight ~ Time + Time2 + Cu, dietox, three, waves = "Time"),
  ohio = family_of(resp ~ age + smoke + age:smoke, ohio, c(three, "unstructured"), family = binomial, waves = "position"),
  respiratory = family_of(outcome ~ center + treat + sex + baseline + age, respiratory, three, family = binomial, waves = "visit"),
  glmBinomial = glm_of(high ~ ex + factor(wave) + sex + age, hunt, binomial),
  glmGaussian = glm_of(pain_o ~ ex + sex + age, hunt, gaussian),
  glmWeighted = glm_of(pain_o ~ ex + sex, hunt, gaussian, weights = "edu")
)
jackknife <- geese(resp ~ age * smoke, id = .id, data = ohio, family = binomial, corstr = "exchangeable", jack = TRUE,
  fij = TRUE, control = geese.control(epsilon = 1e-10, maxit = 200, jack = TRUE, fij = TRUE))
numbers$ohioJackknife <- list(alphaStdError = sqrt(clean(jackknife$valpha.fij)), scaleStdError = sqrt(clean(jackknife$vgamma.fij)))
write_json(numbers, "validation/numbers/gee.json", digits = 15, auto_unbox = TRUE, pretty = 1, null = "null")
