import type { DataColumn, DataTable, Instrument, Protocol, SessionContrastModel } from "@longwave/study";

/** One session, or one rest, with a rating before it. */
export interface Occasion {
  readonly person: string;
  readonly isSession: boolean;
  /** The kind of a session as its code; null for a rest, or when it was not said. */
  readonly type: string | null;
  readonly before: number;
  readonly after: number | null;
  readonly nextDay: number | null;
  /** In the order of the model's covariates; null where missing. */
  readonly covariates: readonly (number | null)[];
}

/** Both halves are there. */
export type WholeOccasion = Occasion & { readonly after: number };

/** The sessions and rests of a dataset as the model reads them. */
export interface Occasions {
  readonly sessions: readonly Occasion[];
  readonly rests: readonly Occasion[];
  /** Rests of another length than the model takes for a match; they are not among `rests`. */
  readonly restsNotMatched: number;
  /** Whether the lengths of rests are known, so that matching was possible. */
  readonly restsTimed: boolean;
}

/** Whether the data hold any session or rest. */
export function hasEvents(event: DataTable): boolean {
  return event.nrows > 0;
}

/** Reads the event table; a row without a rating before has nothing to compare and is left out. */
export function readOccasions(event: DataTable, protocol: Protocol, model: SessionContrastModel): Occasions {
  const cell = cellReader(event);
  const rows = Array.from({ length: event.nrows }, (_, row) => row);
  const ofItem = (item: string): readonly number[] => {
    const instrument = instrumentOf(protocol, item);
    return rows.filter((row) => cell.text("event", row) === instrument && cell.number(item, row) !== null);
  };
  const resting = ofItem(model.rest.before);
  const lengths = new Map(resting.map((row) => [row, restMinutes(cell, model, row)]));
  const matched = resting.filter((row) => isMatch(lengths.get(row) ?? null, model.rest.minutes));
  return {
    sessions: ofItem(model.before).map((row) => sessionAt(cell, model, row)),
    rests: matched.map((row) => restAt(cell, model, row)),
    restsNotMatched: resting.length - matched.length,
    restsTimed: [...lengths.values()].some((minutes) => minutes !== null),
  };
}

/** Those with a rating before and after. */
export function whole(occasions: readonly Occasion[]): readonly WholeOccasion[] {
  return occasions.flatMap((one) => (one.after === null ? [] : [{ ...one, after: one.after }]));
}

interface CellReader {
  number(column: string, row: number): number | null;
  text(column: string, row: number): string | null;
}

function cellReader({ columns }: DataTable): CellReader {
  const byName = new Map<string, DataColumn>(columns.map((column) => [column.name, column]));
  const at = (column: string, row: number) => byName.get(column)?.values[row] ?? null;
  return {
    number: (column, row) => {
      const value = at(column, row);
      return typeof value === "number" ? value : null;
    },
    text: (column, row) => {
      const value = at(column, row);
      return value === null ? null : String(value);
    },
  };
}

function instrumentOf({ instruments }: Protocol, item: string): Instrument["id"] | undefined {
  return instruments.find(({ items }) => items.some(({ id }) => id === item))?.id;
}

function sessionAt(cell: CellReader, model: SessionContrastModel, row: number): Occasion {
  const { type, before, after, nextDay, covariates } = model;
  return {
    person: cell.text("id", row) ?? "",
    isSession: true,
    type: cell.text(type, row),
    before: cell.number(before, row) ?? Number.NaN,
    after: cell.number(after, row),
    nextDay: nextDay === undefined ? null : cell.number(nextDay, row),
    covariates: covariates.map((name) => cell.number(name, row)),
  };
}

function restAt(cell: CellReader, { rest, covariates }: SessionContrastModel, row: number): Occasion {
  return {
    person: cell.text("id", row) ?? "",
    isSession: false,
    type: null,
    before: cell.number(rest.before, row) ?? Number.NaN,
    after: cell.number(rest.after, row),
    nextDay: null,
    covariates: covariates.map(() => null),
  };
}

/** Minutes between the two ratings of a rest; null when either time is not known. */
function restMinutes(cell: CellReader, { rest }: SessionContrastModel, row: number): number | null {
  const [from, to] = [rest.before, rest.after].map((item) => cell.number(`${item}_minutes`, row));
  return from == null || to == null ? null : to - from;
}

/** A rest of unknown length is kept: a file may hold no times. */
function isMatch(minutes: number | null, range: readonly [number, number] | undefined): boolean {
  return range === undefined || minutes === null || (minutes >= range[0] && minutes <= range[1]);
}
