import { connect, createServer } from "node:net";
import { runSql, startPostgres } from "../../../server/testing/postgres.mjs";
import type { ShardPlan } from "../postgres/shards.ts";
import { csvTableSql } from "./postgres.ts";

/** A table on two PostgreSQL servers, and a coordinator beside the first that sees the parts of both. */
export interface TwoServers {
  /** The address of a table, or of a view of sums (`sums=NAME`), at the coordinator. */
  at(query: string): string;
  /** Makes a table whose parts are made by the statements of each server. */
  fill(name: string, types: string, statements: readonly string[]): Promise<void>;
  /** Makes a table of a CSV file: people with even numbers are on the first server. */
  load(name: string, path: string, types: string): Promise<void>;
  /** Runs the statements of a plan where they belong. */
  run(steps: ShardPlan["steps"]): Promise<void>;
  /** Bytes that the servers have sent to the coordinator so far. */
  bytes(): number;
  /** Takes the second server away. */
  stopSecond(): Promise<void>;
  close(): Promise<void>;
}

/** A wire to a port of this machine that counts what comes back. */
async function countingWire(port: number) {
  let bytes = 0;
  const wire = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    far.on("data", (chunk) => (bytes += chunk.length));
    near.pipe(far);
    far.pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
  });
  await new Promise<void>((resolve) => wire.listen(0, "127.0.0.1", resolve));
  const address = wire.address();
  if (address === null || typeof address === "string") throw new Error("a wire has a port");
  return { port: address.port, bytes: () => bytes, close: () => wire.close() };
}

/** Starts two servers; `postgres_fdw` has to be installed, as it is with Debian's PostgreSQL. */
export async function twoServers(): Promise<TwoServers> {
  const servers = [
    await startPostgres({ say: () => undefined }),
    await startPostgres({ say: () => undefined }),
  ];
  const running = [...servers];
  const wires = await Promise.all(servers.map(({ url }) => countingWire(Number(new URL(url).port))));
  const [first = ""] = servers.map(({ url }) => url);
  await runSql(first, "create database study");
  const coordinator = first.replace(/postgres$/, "study");
  const shards = wires.map(
    ({ port }, place) => `create server shard_${place} foreign data wrapper postgres_fdw
      options (host '127.0.0.1', port '${port}', dbname 'postgres');
      create user mapping for current_user server shard_${place} options (user 'longwave');`,
  );
  await runSql(coordinator, `create extension postgres_fdw; ${shards.join("")}`);
  const fill: TwoServers["fill"] = async (name, types, statements) => {
    for (const [place, { url }] of servers.entries()) await runSql(url, statements[place] ?? "");
    const parts = wires.map(
      (_, place) => `create foreign table ${name}_${place} partition of ${name} for values in (${place})
        server shard_${place} options (table_name '${name}');`,
    );
    await runSql(
      coordinator,
      `create table ${name} (${types}) partition by list ((id % 2)); ${parts.join("")}`,
    );
  };
  return {
    at: (query) => `${coordinator}?${query}`,
    fill,
    load: (name, path, types) =>
      fill(
        name,
        types,
        [0, 1].map((rest) => csvTableSql(name, types, { path, keep: (id) => Number(id) % 2 === rest })),
      ),
    async run(steps) {
      const places = [...servers.map(({ url }) => url), coordinator];
      for (const [at, { sql }] of steps.entries()) if (sql !== "") await runSql(places[at] ?? "", sql);
    },
    bytes: () => wires.reduce((sum, wire) => sum + wire.bytes(), 0),
    stopSecond: async () => running.pop()?.stop(),
    async close() {
      for (const wire of wires) wire.close();
      for (const server of running) await server.stop();
    },
  };
}
