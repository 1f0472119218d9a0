// A server in a process of its own, for tests that end it without warning: prints its address and waits.
import { createServer } from "../dist/index.js";

const { dataDir, databaseUrl } = JSON.parse(process.argv[2] ?? "{}");
const server = await createServer({
  dataDir,
  ...(databaseUrl ? { databaseUrl } : {}),
  webRoot: { participant: dataDir, console: dataDir, public: dataDir, fonts: dataDir },
  version: "0.1.0-test",
  port: 0,
  css: "",
});
const { url } = await server.listen();
process.stdout.write(`${url}\n`);
