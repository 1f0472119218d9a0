// Brings a store up to date, or backs one up, in a process of its own, for tests that kill it in the middle: it loads
// its program, says so, begins at the first word it is given, and says when it is done.
import { once } from "node:events";

const { task, location, order } = JSON.parse(process.argv[2] ?? "{}");
const tasks = {
  async migrate() {
    const { openSealed } = await import("../dist/vault/open-sealed.js");
    return async () => (await openSealed(location, Date.now())).close();
  },
  async backup() {
    const { backupStore } = await import("../dist/keeping/backup.js");
    return () => backupStore({ ...order, at: Date.now(), software: "0.1.0-test" });
  },
};
const work = await tasks[task]();
process.stdout.write("ready\n");
await once(process.stdin, "data");
await work();
process.stdout.write("done\n");
process.exit(0);
