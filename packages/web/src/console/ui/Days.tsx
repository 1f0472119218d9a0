import type { JSX } from "preact";
import type { Bucket, DayCounts } from "../data/days.ts";
import { bucketDays } from "../data/days.ts";
import { count, overview, shortDate } from "../text/en.ts";
import { Empty } from "./States.tsx";

/** One thing that is counted by day, and its name. */
export interface Series<Key extends string> {
  readonly key: Key;
  readonly name: string;
}

interface DaysProps<Key extends string> {
  readonly days: readonly DayCounts<Key>[];
  readonly series: readonly Series<Key>[];
}

/** Counts over time: a row of columns for each thing counted, and the same as a table. */
export function Days<Key extends string>({ days, series }: DaysProps<Key>): JSX.Element {
  const { by, buckets } = bucketDays(
    days,
    series.map(({ key }) => key),
  );
  const title = by === "week" ? overview.weeks : overview.days;
  return (
    <section class="card c12" aria-labelledby="days">
      <header>
        <h2 id="days">{title}</h2>
      </header>
      {buckets.length === 0 ? (
        <Empty title={overview.daysEmptyTitle}>{overview.daysEmpty}</Empty>
      ) : (
        <>
          <div class="columns-list">
            {series.map((one) => (
              <Columns key={one.key} name={one.name} of={one.key} by={by} buckets={buckets} />
            ))}
          </div>
          <DaysTable buckets={buckets} series={series} />
        </>
      )}
    </section>
  );
}

/** The first days stand as thin columns at the left, with room for those to come. */
const fewestPlaces = 21;

interface ColumnsProps<Key extends string> {
  readonly name: string;
  readonly of: Key;
  readonly by: "day" | "week";
  readonly buckets: readonly Bucket<Key>[];
}

function Columns<Key extends string>({ name, of, by, buckets }: ColumnsProps<Key>): JSX.Element {
  const highest = buckets.reduce((best, bucket) => (bucket.counts[of] > best.counts[of] ? bucket : best));
  const top = Math.max(1, highest.counts[of]);
  const label = overview.most(highest.counts[of], dayInWords(highest.from), by);
  return (
    <div class="columns">
      <p>
        <b>{name}</b> <span class="soft">{label}</span>
      </p>
      <svg
        viewBox={`0 0 ${Math.max(fewestPlaces, buckets.length)} 20`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${label}`}
      >
        {buckets.map((bucket, index) => (
          <rect
            key={bucket.from}
            x={index + 0.1}
            width="0.8"
            y={20 - (20 * bucket.counts[of]) / top}
            height={(20 * bucket.counts[of]) / top}
          />
        ))}
      </svg>
      <p class="ends soft" aria-hidden="true">
        <span>{dayInWords(buckets[0]?.from ?? "")}</span>
        {buckets.length < fewestPlaces ? null : <span>{dayInWords(buckets.at(-1)?.from ?? "")}</span>}
      </p>
    </div>
  );
}

function DaysTable<Key extends string>({
  buckets,
  series,
}: {
  readonly buckets: readonly Bucket<Key>[];
  readonly series: readonly Series<Key>[];
}): JSX.Element {
  return (
    <details>
      <summary>{overview.asTable}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section class="scroll tall" tabIndex={0} aria-label={overview.asTable}>
        <table>
          <thead>
            <tr>
              <th scope="col">{overview.when}</th>
              {series.map((one) => (
                <th scope="col" class="r" key={one.key}>
                  {one.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets.map((bucket) => (
              <tr key={bucket.from}>
                <td>{dayInWords(bucket.from)}</td>
                {series.map((one) => (
                  <td class="r" key={one.key}>
                    {count(bucket.counts[one.key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function dayInWords(day: string): string {
  return day === "" ? "" : shortDate(Date.parse(`${day}T12:00:00Z`));
}
