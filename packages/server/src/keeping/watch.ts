import { statfsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { ServerContext } from "../context.ts";
import { countMessages } from "../store/queries/outbox.ts";
import { allStudies } from "../store/queries/studies.ts";

/** What a watch needs of the server. */
type Watched = Pick<ServerContext, "store" | "version"> & { readonly dataDir: string };

/**
 * A door of its own for whoever watches the server, on this machine only: `/health` says in a word whether the store
 * answers, `/metrics` gives numbers as Prometheus reads them. Neither says anything of a person.
 */
export function watchServer(watched: Watched): Server {
  return createServer((request, response) => {
    const path = request.url?.split("?")[0];
    const answer =
      path === "/health" ? healthText(watched) : path === "/metrics" ? metricsText(watched) : undefined;
    const send = (status: number, text: string): void => {
      response.writeHead(status, {
        "content-type": "text/plain; version=0.0.4; charset=utf-8",
        "cache-control": "no-store",
      });
      response.end(text);
    };
    if (answer === undefined || request.method !== "GET") send(404, "There is /health and /metrics.\n");
    else
      answer.then(
        (text) => send(200, text),
        () => send(503, "the store does not answer\n"),
      );
  });
}

async function healthText({ store }: Watched): Promise<string> {
  await allStudies(store.db);
  return "well\n";
}

async function metricsText({ store, version, dataDir }: Watched): Promise<string> {
  const studies = await allStudies(store.db);
  const messages = await countMessages(store.db);
  const { bavail, bsize } = statfsSync(dataDir);
  return [
    ...family("longwave_info", "gauge", "Version of Longwave.", [[{ version }, 1]]),
    ...family(
      "longwave_answers_total",
      "counter",
      "Answers written, by study.",
      studies.map(({ id, lastSeq }) => [{ study: id }, lastSeq]),
    ),
    ...family(
      "longwave_messages",
      "gauge",
      "Messages by where they stand.",
      Object.entries(messages).map(([state, count]) => [{ state }, count]),
    ),
    ...family("longwave_disk_free_bytes", "gauge", "Room where the data are.", [[{}, bavail * bsize]]),
    ...family("process_resident_memory_bytes", "gauge", "Memory of the server.", [
      [{}, process.memoryUsage.rss()],
    ]),
    "",
  ].join("\n");
}

type Sample = readonly [Readonly<Record<string, string>>, number];

function family(name: string, type: string, help: string, samples: readonly Sample[]): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => {
      const inner = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
      return `${name}${inner.length === 0 ? "" : `{${inner.join(",")}}`} ${value}`;
    }),
  ];
}

function escaped(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
