import { beforeAll, inject } from "vitest";

/** For journeys that read the demonstration's findings: the server is up while they are still being made. */
export function needPublished(): void {
  beforeAll(async () => {
    while (!(await fetch(`${inject("address")}/findings/exercise-and-pain`)).ok) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  });
}
