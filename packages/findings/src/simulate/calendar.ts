import type { Random } from "@longwave/stats";
import { type Protocol, type WaveWindow, waveWindows } from "@longwave/study";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Wave windows by enrolment time. Windows depend on the local date of enrolment only, so they are computed
 * once for each hour in which somebody enrolled; an answer keeps a day's distance from both ends of its window.
 */
export function createCalendar(
  protocol: Protocol,
  timeZone: string,
): (enrolledAt: number) => readonly WaveWindow[] {
  const known = new Map<number, readonly WaveWindow[]>();
  return (enrolledAt) => {
    const hour = Math.floor(enrolledAt / HOUR_MS);
    const windows = known.get(hour) ?? waveWindows(protocol, { enrolledAt: hour * HOUR_MS, timeZone });
    known.set(hour, windows);
    return windows;
  };
}

/** When an invited person enrols: most within days of the invitation, others after a reminder. In ms UTC. */
export function drawEnrolment(random: Random, invitedAt: number): number {
  const wavesOfReplies = [0, 0, 0, 7, 7, 21];
  const start = wavesOfReplies[random.integer(wavesOfReplies.length)] ?? 0;
  const days = start + Math.min(20, Math.floor(-3 * Math.log(1 - random.uniform())));
  return Math.floor(invitedAt + days * DAY_MS + random.uniform() * 12 * HOUR_MS);
}

/** When a wave is begun, in ms UTC, well inside its window; the first wave mostly follows consent at once. */
export function drawWaveStart(
  random: Random,
  window: WaveWindow,
  enrolledAt: number,
  first: boolean,
): number {
  const [uniform, hour] = [random.uniform(), 8 + 13 * random.uniform()];
  if (first && uniform < 0.9) return Math.floor(enrolledAt + (1 + 20 * uniform) * MINUTE_MS);
  const from = Math.max(window.opensAt, enrolledAt);
  const days = Math.floor((window.closesAt - from) / DAY_MS);
  if (days < 4) return Math.floor((from + window.closesAt) / 2);
  // Most answers come in the days after the invitation, a third of the way into the window.
  const share = uniform < 0.65 ? 0.25 + 0.25 * random.uniform() : 0.5 + 0.45 * random.uniform();
  const day = Math.min(days - 2, Math.max(1, Math.floor(share * days)));
  return Math.floor(from + day * DAY_MS + hour * HOUR_MS);
}

/** The calendar year of a time, in UTC. */
export function yearOf(time: number): number {
  return new Date(time).getUTCFullYear();
}
