/** Every sentence the public pages say by themselves; the rest comes from the bundle. */
export interface PageText {
  readonly locale: string;
  readonly skip: string;
  readonly nav: {
    readonly label: string;
    readonly findings: string;
    readonly takePart: string;
    readonly run: string;
  };
  readonly simulatedTag: string;
  readonly simulatedShort: string;
  readonly simulatedFoot: string;
  readonly quietFoot: string;
  readonly people: (count: string) => string;
  readonly waves: (count: number) => string;
  readonly planLocked: (date: string) => string;
  readonly minutes: (count: number) => string;
  readonly superseded: string;
  readonly supersededLink: string;
  readonly replacedLink: string;
  readonly replaces: (hash: string) => string;
  readonly short: string;
  readonly sureness: Readonly<Record<"clear" | "fairly clear" | "not clear", string>>;
  readonly notFitted: string;
  readonly key: { readonly inner: string; readonly outer: string; readonly marks: string };
  readonly who: string;
  /** People in a file: nobody is known who was invited and did not answer. */
  readonly whoInFile: (people: string, twice: string) => string;
  readonly whoLead: (invited: string, once: string, twice: string) => string;
  readonly self: string;
  readonly selfLead: string;
  /** Over the figure of the main slope, when the plan compares no groups. */
  readonly oneGroup: string;
  readonly groups: string;
  readonly moreFigures: string;
  readonly picture: string;
  readonly drawing: string;
  readonly numbersFile: string;
  readonly showTable: string;
  readonly dataTable: string;
  readonly wave: string;
  readonly answered: string;
  readonly ofInvited: string;
  /** Under each answer: the way to what it rests on. */
  readonly basis: {
    readonly label: string;
    readonly plan: string;
    readonly model: string;
    readonly people: (count: string) => string;
    readonly figure: string;
  };
  readonly plan: {
    readonly beside: string;
    readonly besideLead: string;
    readonly title: string;
    readonly lead: string;
    /** When nobody can know whether the plan came first. */
    readonly leadFile: string;
    readonly claim: string;
    readonly model: string;
    readonly test: string;
    readonly rows: string;
    readonly allRows: string;
    readonly limits: string;
    readonly limitsText: (small: string, noticeable: string, unit: string) => string;
    readonly together: string;
    readonly holm: (ids: string) => string;
  };
  readonly numbers: {
    readonly title: string;
    readonly lead: string;
    readonly what: string;
    readonly estimate: string;
    readonly interval95: string;
    readonly interval90: string;
    readonly p: string;
    readonly pHolm: string;
    readonly people: string;
    readonly rows: string;
    readonly to: string;
    readonly none: string;
    readonly wide: string;
  };
  readonly model: {
    readonly title: string;
    readonly lead: string;
    readonly planned: string;
    readonly fitted: string;
    readonly asPlanned: string;
    readonly fallback: string;
    readonly term: string;
    readonly stdError: string;
    readonly df: string;
    readonly statistic: string;
    readonly fixed: string;
    readonly random: string;
    readonly group: string;
    readonly stdDev: string;
    readonly correlation: string;
    readonly residual: string;
    readonly rowsUsed: (used: string, read: string, dropped: string) => string;
    readonly singular: string;
    readonly notConverged: string;
    readonly criterion: string;
  };
  readonly comparison: { readonly title: string; readonly lead: string };
  readonly notYetRun: {
    readonly title: string;
    readonly lead: string;
    readonly more: (count: number) => string;
  };
  readonly how: string;
  readonly cannot: string;
  readonly cite: {
    readonly title: string;
    readonly page: string;
    readonly bibtex: string;
    readonly file: (name: string) => string;
  };
  readonly download: {
    readonly title: string;
    readonly lead: string;
    readonly bundle: string;
    readonly bundleWhy: string;
    readonly script: string;
    readonly scriptWhy: string;
    readonly reporting: string;
    readonly reportingWhy: string;
    readonly tables: string;
    readonly figures: string;
  };
  readonly fingerprints: {
    readonly bundle: string;
    readonly data: string;
    readonly plan: string;
    readonly protocol: string;
    readonly version: string;
    readonly seed: string;
  };
  readonly blind: {
    readonly title: string;
    readonly tag: string;
    readonly hidden: string;
    readonly missing: string;
    readonly missingLead: string;
    readonly question: string;
    readonly notAsked: string;
    readonly answers: string;
    readonly answersLead: string;
    readonly overTime: string;
    readonly when: string;
    readonly hiddenCount: string;
    readonly reasons: string;
  };
  readonly front: {
    readonly title: string;
    readonly heading: string;
    readonly lead: string;
    readonly cohort: string;
    readonly read: {
      readonly title: string;
      readonly text: string;
      readonly none: string;
      readonly more: string;
    };
    readonly take: { readonly title: string; readonly text: string; readonly more: string };
    readonly run: { readonly title: string; readonly text: string; readonly more: string };
    readonly analyse: { readonly text: string; readonly more: string };
    readonly exampleAnswer: string;
  };
  readonly list: {
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
    readonly emptyNext: string;
    readonly published: (date: string) => string;
    readonly notPublished: string;
    readonly making: (step: number, of: number) => string;
    readonly read: string;
    readonly tryIt: string;
  };
  readonly notFound: { readonly title: string; readonly text: string; readonly back: string };
}
