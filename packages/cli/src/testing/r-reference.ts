/** What R gave for one model: fixed effects by our term names, and the scalars of the fit. */
export interface RReference {
  /** Where the numbers come from. */
  readonly provenance: string;
  readonly fixed: Readonly<Record<string, { estimate: number; stdError: number; df: number | null }>>;
  readonly theta: readonly number[];
  readonly sigma: number;
  readonly logLik: number;
  readonly nobs: number;
}

/** Ashar et al.: `pain_avg ~ post * group + (1 | id)` on the patients, post = time - 1, group a factor. */
export const asharReference: RReference = {
  provenance: "R 4.2.2, lme4 1.1.31 with lmerTest 3.1.3, REML, bobyqa with rhoend 2e-9",
  fixed: {
    "(Intercept)": { estimate: 3.94000000000002, stdError: 0.210386990085895, df: 216.930838097349 },
    "factor(time)[2]": { estimate: -2.80396001089132, stdError: 0.209108384844182, df: 136.963437199791 },
    "factor(group)[2]": { estimate: -0.136078431372565, stdError: 0.296070051506019, df: 216.930837927901 },
    "factor(group)[3]": { estimate: -0.340000000000012, stdError: 0.297532134726325, df: 216.930837919339 },
    "factor(time)[2]:factor(group)[2]": {
      estimate: 1.79532716228705,
      stdError: 0.295431043038845,
      df: 137.412239064372,
    },
    "factor(time)[2]:factor(group)[3]": {
      estimate: 2.38106902429276,
      stdError: 0.291933539973719,
      df: 135.478036767966,
    },
  },
  theta: [1.11308288951798],
  sigma: 0.994217363837877,
  logLik: -495.978644819709,
  nobs: 286,
};

/**
 * Dinat et al.: `pain ~ amit * week_in_period + p2 + (1 | id)`, amit 1 on amitriptyline, p2 1 in period 2.
 * Our reference level is A (amitriptyline), so the terms that do not depend on that choice are compared, and
 * the treatment terms with their sign turned.
 */
export const hivsnReference: RReference = {
  provenance: "R 4.2.2, lme4 1.1.31 with lmerTest 3.1.3, REML, bobyqa with rhoend 2e-9",
  fixed: {
    "treatment[P]": { estimate: 0.0839398234782188, stdError: 0.319094421796435, df: 606.0000001833 },
    "factor(period)[2]": { estimate: -2.370670995671, stdError: 0.167853826192472, df: 606.000000111669 },
    "treatment[P]:week_in_period": {
      estimate: 0.0681622088006903,
      stdError: 0.0814135791798479,
      df: 606.000000184449,
    },
  },
  theta: [0.737751158892385],
  sigma: 2.26304367964595,
  logLik: -1728.92509251654,
  nobs: 732,
};

/** MyAIGuide, one person: `kneePain ~ wk + steps1000` on weekly means, as if weeks were independent. */
export const myaiguideReference: RReference = {
  provenance: "R 4.2.2, nlme 3.1.162, gls without correlation, REML",
  fixed: {
    "(Intercept)": { estimate: 3.026678218022, stdError: 0.0276990826953583, df: null },
    wk: { estimate: -0.000276994869901256, stdError: 6.69809779296245e-5, df: null },
    steps1000: { estimate: -0.000354920572859602, stdError: 0.00413310914813832, df: null },
  },
  theta: [],
  sigma: 0.122039851845857,
  logLik: 222.29457426122,
  nobs: 348,
};
