import type { Page } from "playwright-core";
import type { Script } from "./stage.ts";

/** One designed state of an app, and how to reach it. */
export interface DesignedState {
  readonly name: string;
  readonly address: string;
  readonly script: Script;
  /** The main heading that says the state has been reached. */
  readonly heading: string;
  readonly reach?: (page: Page) => Promise<void>;
}
