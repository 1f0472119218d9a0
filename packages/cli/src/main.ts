import { processIo } from "./process-io.ts";
import { main } from "./run.ts";

// The exit code is set, not forced: what is still being written to a pipe gets out first.
process.exitCode = await main(process.argv.slice(2), processIo());
