/** What every script begins with: reading, preparing, fitting and comparing, in R. */
export const prelude = `arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1) stop("Expected the rows: Rscript replication.R rows.csv")
d <- read.csv(arguments[1], stringsAsFactors = FALSE)
d$id <- as.character(d$id)
differ <- 0

# Rows complete in the columns of the model, of people with at least two of them; each split column as the
# person's own mean over these rows and the deviation from it.
prepare <- function(rows, columns, split) {
  rows <- rows[complete.cases(rows[columns]), ]
  rows <- rows[as.integer(ave(rows$id, rows$id, FUN = length)) >= 2, ]
  for (x in split) {
    rows[[paste0("between_", x)]] <- ave(rows[[x]], rows$id)
    rows[[paste0("within_", x)]] <- rows[[x]] - rows[[paste0("between_", x)]]
  }
  rows
}

# One standard deviation of people's own means, each person once.
between_sd <- function(rows, x) {
  sd(tapply(rows[[x]], rows$id, mean))
}

# One within-person standard deviation: squared deviations over rows minus people.
within_sd <- function(rows, x) {
  sqrt(sum(rows[[paste0("within_", x)]]^2) / (nrow(rows) - length(unique(rows$id))))
}

fit_mixed <- function(formula, rows) {
  control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 2e-10, maxfun = 1e5))
  lmerTest::lmer(formula, rows, REML = TRUE, control = control)
}

# The place of a coefficient, whichever way round an interaction is written.
place <- function(fit, term) {
  key <- function(name) paste(sort(strsplit(name, ":", fixed = TRUE)[[1]]), collapse = ":")
  match(key(term), vapply(names(fixef(fit)), key, ""))
}

weights_of <- function(fit, weights) {
  L <- rep(0, length(fixef(fit)))
  L[vapply(names(weights), function(term) place(fit, term), 0L)] <- weights
  L
}

# A combination of coefficients with Satterthwaite's degrees of freedom, for a step of the exposure.
combination <- function(fit, weights, step = 1) {
  found <- contest1D(fit, weights_of(fit, weights), confint = TRUE, level = 0.95)
  c(estimate = found$Estimate * step, se = found[["Std. Error"]] * abs(step), lower = found$lower * step,
    upper = found$upper * step, p = found[["Pr(>|t|)"]])
}

# The same combination with standard errors that are robust to what happens within a person (CR2).
robust_combination <- function(fit, weights, step = 1) {
  found <- clubSandwich::linear_contrast(fit, vcov = clubSandwich::vcovCR(fit, type = "CR2"),
    contrasts = t(weights_of(fit, weights)), level = 0.95, test = "Satterthwaite")
  c(estimate = found$Est * step, se = found$SE * abs(step), lower = found$CI_L * step, upper = found$CI_U * step)
}

# A log odds ratio of a cumulative-link model with its normal interval.
ordered_combination <- function(fit, term, step) {
  row <- coef(summary(fit))[term, ]
  estimate <- row[["Estimate"]] * step
  se <- row[["Std. Error"]] * abs(step)
  c(estimate = estimate, se = se, lower = estimate - qnorm(0.975) * se, upper = estimate + qnorm(0.975) * se)
}

# A coefficient of estimating equations with its robust standard error and normal interval.
marginal_combination <- function(fit, term, step) {
  row <- coef(summary(fit))[term, ]
  estimate <- row[["Estimate"]] * step
  se <- row[["Std.err"]] * abs(step)
  c(estimate = estimate, se = se, lower = estimate - qnorm(0.975) * se, upper = estimate + qnorm(0.975) * se)
}

joint_p <- function(fit, terms) {
  L <- do.call(rbind, lapply(terms, function(term) weights_of(fit, setNames(1, term))))
  contestMD(fit, L)[["Pr(>F)"]]
}

say <- function(what, agrees, detail) {
  if (!agrees) differ <<- differ + 1
  cat(sprintf("%-34s %s  %s\\n", what, detail, if (agrees) "agrees" else "DIFFERS"))
}

# Estimate and interval ends within \`within\` of a standard error, the standard error within that share of itself;
# a number the bundle does not give is not compared.
check <- function(what, here, bundle, within) {
  se <- if (is.na(bundle[["se"]])) here[["se"]] else bundle[["se"]]
  off <- abs(here[names(bundle)] - bundle) / se
  agrees <- isTRUE(all(off[!is.na(bundle)] <= within))
  say(what, agrees, sprintf("%.6f (SE %.6f, %.6f to %.6f)", here[["estimate"]], here[["se"]], here[["lower"]], here[["upper"]]))
}

# A p-value within one per cent of itself.
check_p <- function(what, here, bundle) {
  say(paste(what, "p"), isTRUE(abs(here - bundle) <= 0.01 * bundle + 1e-12), sprintf("%.6g", here))
}

check_count <- function(what, here, bundle) {
  say(what, isTRUE(here == bundle), sprintf("%d", as.integer(here)))
}

# Every coefficient of a model in one line: the largest difference as a share of a standard error.
check_coefficients <- function(what, fit, bundle, within) {
  at <- vapply(bundle$term, function(term) place(fit, term), 0L)
  estimate <- fixef(fit)[at]
  se <- sqrt(diag(as.matrix(vcov(fit))))[at]
  off <- max(abs(estimate - bundle$estimate) / bundle$se, abs(se / bundle$se - 1))
  say(what, isTRUE(off <= within), sprintf("%d coefficients, largest difference %.2g of a standard error", nrow(bundle), off))
}
`;

/** What a script with a panel model needs besides. */
export const panelPrelude = `
# One row a person: the answers of both series by wave, and what does not change over the waves.
widen <- function(rows, x, y, constant) {
  waves <- sort(unique(rows$wave))
  wide <- data.frame(id = unique(rows$id))
  for (t in seq_along(waves)) {
    at <- rows[rows$wave == waves[t], ]
    wide[[paste0("x", t)]] <- at[[x]][match(wide$id, at$id)]
    wide[[paste0("y", t)]] <- at[[y]][match(wide$id, at$id)]
  }
  answered <- rowSums(!is.na(wide[-1])) > 0
  for (name in constant) {
    known <- rows[!is.na(rows[[name]]), ]
    wide[[name]] <- known[[name]][match(wide$id, known$id)]
  }
  wide[answered & complete.cases(wide[constant]), ]
}

# The mean over waves of a path in within-person standard deviations, and its standard error by the delta method
# with a gradient of central differences.
path <- function(fit, from, to, waves) {
  table <- parTable(fit)
  value <- function(theta) {
    table$est[table$free > 0] <- theta[table$free[table$free > 0]]
    at <- function(lhs, op, rhs) {
      row <- table$op == op & ((table$lhs == lhs & table$rhs == rhs) | (op == "~~" & table$lhs == rhs & table$rhs == lhs))
      sum(table$est[row])
    }
    name <- function(t) paste0(c("wx", "wy"), t)
    part <- function(t) outer(name(t), name(t), Vectorize(function(a, b) at(a, "~~", b)))
    V <- part(1)
    found <- 0
    for (t in 2:waves) {
      B <- outer(name(t), name(t - 1), Vectorize(function(a, b) at(a, "~", b)))
      sd_from <- sqrt(diag(V))
      V <- B %*% V %*% t(B) + part(t)
      found <- found + B[to, from] * sd_from[from] / sqrt(V[to, to])
    }
    found / (waves - 1)
  }
  theta <- as.numeric(coef(fit))
  step <- 1e-5 * pmax(1, abs(theta))
  slope <- function(i) {
    moved <- function(by) replace(theta, i, theta[i] + by)
    (value(moved(step[i])) - value(moved(-step[i]))) / (2 * step[i])
  }
  gradient <- vapply(seq_along(theta), slope, 0)
  se <- sqrt(drop(gradient %*% as.matrix(vcov(fit)) %*% gradient))
  estimate <- value(theta)
  half <- qnorm(0.975) * se
  c(estimate = estimate, se = se, lower = estimate - half, upper = estimate + half)
}
`;
