import type { RateLimit } from "./access/rate-limit.ts";
import type { StaffAccess } from "./access/staff.ts";
import type { CommitQueue } from "./answers/commit-queue.ts";
import type { ExportRunner } from "./exports/runner.ts";
import type { ImportRunner } from "./imports/runner.ts";
import type { JobRunner } from "./jobs/runner.ts";
import type { Mailer } from "./mail/mailer.ts";
import type { Planner } from "./mail/planner.ts";
import type { RequestLine, WebRoot } from "./options.ts";
import type { Highlight } from "./pages/highlights.ts";
import type { Pictures } from "./pages/pictures.ts";
import type { KeptGroup } from "./participant/published-group.ts";
import type { Compiler } from "./protocol/compiler.ts";
import type { KeptFlags } from "./quality/flags.ts";
import type { ReleaseRunner } from "./releases/runner.ts";
import type { StandingKeeper } from "./standing/standing-sums.ts";
import type { Store } from "./store/open.ts";
import type { AnswerCounts } from "./studies/flow.ts";

/** What every handler may use; made once when the server starts. */
export interface ServerContext {
  readonly store: Store;
  readonly staff: StaffAccess;
  readonly queue: CommitQueue;
  readonly jobs: JobRunner;
  readonly releases: ReleaseRunner;
  readonly exports: ExportRunner;
  readonly imports: ImportRunner;
  /** Sums of studies, brought up to date as answers arrive. */
  readonly standing: StandingKeeper;
  readonly compiler: Compiler;
  /** Sends what the outbox holds. */
  readonly mail: Mailer;
  /** Decides the messages that the clock decides. */
  readonly planner: Planner;
  readonly linkKey: Buffer;
  /** Seals the e-mail addresses of readers who comment, and signs the puzzles of their forms. */
  readonly commentKey: Buffer;
  readonly webRoot: WebRoot;
  /** Study texts that a new study can begin from. */
  readonly templates: readonly string[];
  readonly version: string;
  /** The style of every page rendered here. */
  readonly css: string;
  /** The origin under which people know the server, when it was given. */
  readonly publicOrigin: string | undefined;
  /** The origin put in front of links. */
  readonly origin: () => string;
  readonly secureCookies: boolean;
  readonly now: () => number;
  /** The clock of better-auth, by which sessions of staff and codes of their apps go. */
  readonly staffNow: () => number;
  readonly log: (line: string) => void;
  /** Told of every request when it has been answered. */
  readonly onRequest: ((line: RequestLine) => void) | undefined;
  /** Counts from the answers of each study up to a place. */
  readonly answerCounts: Map<
    string,
    { readonly seq: number; readonly erasureSeq: number; readonly counts: AnswerCounts }
  >;
  /** The flagged forms of each study, by study. */
  readonly qualityFlags: Map<string, KeptFlags>;
  /** What the front page shows of each publication, by hash. */
  readonly highlights: Map<string, Highlight>;
  /** Pictures of published figures, drawn when first asked for. */
  readonly pictures: Pictures;
  /** What people's own pages say of everyone, by the hash of the publication. */
  readonly publishedGroups: Map<string, Promise<KeptGroup>>;
  readonly linkTries: RateLimit;
  readonly letterTries: RateLimit;
  readonly signInTries: RateLimit;
  /** Sign-in links asked for by e-mail. */
  readonly signInRequests: RateLimit;
  readonly tryOuts: RateLimit;
  /** Records and copies asked for, by person. */
  readonly recordRequests: RateLimit;
  /** Comments whose puzzle a script has solved, and all others. */
  readonly commentTries: RateLimit;
  readonly plainCommentTries: RateLimit;
  /** Links of comments sent, by study and scrambled address of the reader. */
  readonly commentMails: RateLimit;
  /** Requests for the links of comments. */
  readonly lostLinkTries: RateLimit;
  /** Addresses and wrong codes sent to open links; and messages to those who want to join, by scrambled address of theirs. */
  readonly joinTries: RateLimit;
  /** Answers to the questions of an open link: each is counted in the study, so nobody may send them without end. */
  readonly joinQuestions: RateLimit;
  readonly joinMails: RateLimit;
  /** Codes asked for, and wrong codes typed. */
  readonly codeRequests: RateLimit;
  readonly codeTries: RateLimit;
}
