// The built server in a process of its own, for tests that end it without warning or need its threads: prints its
// address and a sign-in link, and waits. Told to wait, it loads its program and starts at the first word it is given.
import { once } from "node:events";
import { createServer } from "../dist/index.js";

const { dataDir, databaseUrl, demonstration, mail, waits } = JSON.parse(process.argv[2] ?? "{}");
if (waits) await once(process.stdin, "data");
const server = await createServer({
  dataDir,
  ...(databaseUrl ? { databaseUrl } : {}),
  ...(demonstration ? { demonstration } : {}),
  ...(mail ? { mail } : {}),
  webRoot: { participant: dataDir, console: dataDir, public: dataDir, fonts: dataDir },
  version: "0.1.0-test",
  port: 0,
  css: "",
});
const { url } = await server.listen();
process.stdout.write(`${url} ${await server.signInLink("kari@example.org")}\n`);
