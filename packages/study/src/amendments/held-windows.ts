import type { Schedule } from "../schedule/timetable.ts";
import type { Enrolment, WaveWindow } from "../schedule/windows.ts";

/**
 * The windows of one person that an amendment leaves as they were: those that had begun by `now` and would move, and
 * those that would have closed before they could open. Undefined when nothing is held.
 *
 * @param options.moveOpen  whether windows that are open now move too; one that has closed never opens again.
 */
export function heldWindows(
  before: Schedule,
  after: Schedule,
  enrolment: Enrolment,
  { now, moveOpen }: { readonly now: number; readonly moveOpen: boolean },
): readonly WaveWindow[] | undefined {
  const old = before.enrolled(enrolment).windows;
  const { windows } = after.enrolled({ ...enrolment, held: [] });
  const free = new Map(windows.map((window) => [window.wave, window]));
  const held = old.filter((window) => {
    const moved = free.get(window.wave);
    if (moved === undefined || isSame(window, moved)) return false;
    if (window.closesAt <= now) return true;
    if (window.opensAt <= now) return !moveOpen;
    return moved.closesAt <= now;
  });
  return held.length === 0 ? undefined : held;
}

function isSame(one: WaveWindow, other: WaveWindow): boolean {
  return one.opensAt === other.opensAt && one.closesAt === other.closesAt;
}
