import type { StudyCalendar, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { calendarPage as words } from "../text/calendar.ts";
import { AsOf } from "../ui/AsOf.tsx";
import { Empty, Full } from "../ui/States.tsx";

type Day = StudyCalendar["days"][number];

/** What is to come in the study, by month and day, as of now or of another day. */
export function Calendar({ study }: { readonly study: StudySummary }): JSX.Element {
  const [asOf, setAsOf] = useState("");
  const fetched = useResource(`calendar ${study.id} ${asOf}`, () =>
    api.calendar({ path: { study: study.id }, query: asOf === "" ? {} : { asOf } }),
  );
  return (
    <div class="stack wide-gap">
      <p class="measure soft">{words.lede}</p>
      <AsOf asOf={asOf} onAsOf={setAsOf} />
      <Full fetched={fetched}>
        {({ days }) =>
          days.length === 0 ? (
            <Empty title={words.emptyTitle}>{words.empty}</Empty>
          ) : (
            <div class="stack">
              {byMonth(days).map((month) => (
                <Month key={month[0]?.day} days={month} />
              ))}
            </div>
          )
        }
      </Full>
    </div>
  );
}

function byMonth(days: readonly Day[]): readonly (readonly Day[])[] {
  const months = new Map<string, Day[]>();
  for (const day of days) {
    const month = day.day.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return [...months.values()];
}

function Month({ days }: { readonly days: readonly Day[] }): JSX.Element {
  const [first] = days;
  return (
    <section class="card table-card calendar">
      <table>
        <caption>{first === undefined ? "" : words.month(first.day)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.day}</th>
            <th scope="col">{words.columns.what}</th>
            <th scope="col" class="num">
              {words.columns.people}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) =>
            day.counts.map((each, index) => (
              <tr key={`${day.day} ${each.wave} ${each.kind}`}>
                <th scope="row">
                  {index === 0 ? words.day(day.day) : <span class="sr">{words.day(day.day)}</span>}
                </th>
                <td>{words.what(each.kind, each.wave)}</td>
                <td class="num">{words.people(each.people)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}
