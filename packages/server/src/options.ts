import type { PlanScope } from "@longwave/findings";
import type { AuditChain } from "./audit/verify.ts";

/** The built folders of the four apps and the fonts. */
export interface WebRoot {
  readonly participant: string;
  readonly console: string;
  readonly public: string;
  readonly analyse: string;
  readonly fonts: string;
}

/** The demonstration: its text, and how many simulated people to make from which seed. */
export interface DemonstrationOptions {
  readonly protocolText: string;
  readonly people?: number;
  readonly seed?: number;
  /** How much of the plan is run; all of it when left out. */
  readonly scope?: PlanScope;
}

/** What a server needs to know; only the first three have no sensible default. */
export interface ServerOptions {
  /** Folder of the SQLite files and of the keys of links and sessions. */
  readonly dataDir: string;
  /** The built web apps. */
  readonly webRoot: WebRoot;
  /** Version of Longwave, written into every publication. */
  readonly version: string;
  /** The style of the pages rendered here: `publicCss()` of the tokens; the built public.css when left out. */
  readonly css?: string;
  /** `postgres://…` instead of SQLite. */
  readonly databaseUrl?: string;
  /** The file of the master key, without which nothing personal can be read; beside the data folder when left out. */
  readonly masterKeyFile?: string;
  /** 4040 when left out; 0 takes any free one. */
  readonly port?: number;
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  /** Where `/health` and `/metrics` are, on this machine only; nowhere when left out; 0 takes any free port. */
  readonly healthPort?: number;
  /** The address under which people reach the server when it stands behind a proxy. */
  readonly publicUrl?: string;
  /** Makes the two demonstration studies when the store is empty. */
  readonly demonstration?: DemonstrationOptions | null;
  /** Study texts that a new study can begin from. */
  readonly templates?: readonly string[];
  /** The mail server; without an address messages become files in the folder `outbox` of the data folder. */
  readonly mail?: MailOptions;
  readonly now?: () => number;
  /** Told what the server does by itself, and what went wrong, in sentences. */
  readonly log?: (line: string) => void;
  /** Told of every request when it has been answered. */
  readonly onRequest?: (line: RequestLine) => void;
  /** Told where each chain of the audit ends, once the server listens and every hour in which the audit has grown. */
  readonly onAudit?: (head: AuditChain) => void;
}

/** One request as it may be kept: nothing in it says who asked, or about whom. */
export interface RequestLine {
  /** When it came, ms UTC. */
  readonly at: number;
  readonly method: string;
  /** The pattern of its address, such as `/api/studies/:study/people`. */
  readonly route: string;
  readonly status: number;
  /** How long the answer took. */
  readonly ms: number;
}

/** How messages leave the server. */
export interface MailOptions {
  /** `smtp://user:password@host:port`, or `smtps://…` for TLS from the start. */
  readonly address?: string;
  /** When the address holds none. */
  readonly password?: string;
  /** The address in the From line, when it may not be the study's own. */
  readonly from?: string;
}

/** A running server. */
export interface LongwaveServer {
  /** Answers a request without a socket. */
  fetch(request: Request): Promise<Response>;
  /** Resolves when the findings of the demonstration are published, or will not be; at once without it. */
  settled(): Promise<void>;
  /** Opens the port. */
  listen(): Promise<{ readonly url: string; readonly healthUrl?: string }>;
  /** Stops taking requests, waits for commits that are under way, and closes the store. */
  close(): Promise<void>;
  /** Decides the messages that are due and delivers those that may go now; a server that listens does so by itself. */
  deliverMail(): Promise<void>;
  /** A one-time link for a member of staff, who may then open studies; the account is made when the link is used. */
  signInLink(email?: string): Promise<string>;
  /** Forgets the second factor of somebody who has lost it; false when they had none. */
  forgetSecondFactor(email: string): Promise<boolean>;
}
