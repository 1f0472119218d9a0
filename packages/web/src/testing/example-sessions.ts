import type { SessionLog } from "@longwave/api";
import type { FormItem } from "@longwave/study/answering";

const scale = {
  kind: "scale",
  min: 0,
  max: 10,
  lowText: "No pain",
  highText: "Pain as bad as you can imagine",
} as const;
const rating = (id: string, text: string): FormItem => ({ id, text, ...scale });

/** The forms of sessions and rests, short of the flagship's own. */
export const exampleSessions: SessionLog = {
  forms: [
    {
      event: "session_log",
      trigger: "session",
      parts: [
        {
          id: "before",
          fromMinutes: 0,
          untilMinutes: 30,
          items: [
            {
              id: "s_type",
              kind: "single_choice",
              text: "What will you do?",
              options: [
                { value: "walk", text: "Walking" },
                { value: "run", text: "Running" },
                { value: "cycle", text: "Cycling" },
                { value: "strength", text: "Weights or strength" },
                { value: "yoga", text: "Yoga or stretching" },
                { value: "water", text: "Swimming or water" },
                { value: "ski", text: "Skiing" },
                { value: "gym", text: "Gym machine" },
                { value: "physio", text: "Exercises from a physiotherapist" },
                { value: "other", text: "Something else" },
              ],
            },
            rating("s_pre", "Before you start: how strong is your pain right now?"),
          ],
        },
        {
          id: "after",
          fromMinutes: 0,
          untilMinutes: 720,
          items: [
            {
              id: "s_min",
              kind: "integer",
              text: "For how many minutes?",
              min: 1,
              max: 600,
              unit: "minutes",
            },
            rating("s_post", "Just after: how strong is your pain right now?"),
          ],
        },
        {
          id: "next_day",
          fromMinutes: 1080,
          untilMinutes: 1800,
          items: [rating("s_next", "The day after: how strong is your pain right now?")],
        },
      ],
    },
    {
      event: "rest_prompt",
      trigger: "rest",
      parts: [
        {
          id: "now",
          fromMinutes: 0,
          untilMinutes: 120,
          items: [rating("r_now", "How strong is your pain right now?")],
        },
        {
          id: "later",
          fromMinutes: 30,
          untilMinutes: 90,
          items: [rating("r_30", "A while later: how strong is your pain right now?")],
        },
      ],
    },
  ],
  begun: [],
};

const hour = 3_600_000;

/** A session begun an hour before `now`, one of yesterday, and a rest prompt that has just come. */
export function sessionsAt(now: number): SessionLog {
  const before = ["s_type", "s_pre"];
  return {
    ...exampleSessions,
    begun: [
      { event: "session_log", id: "a", beganAt: now - 20 * hour, answered: [...before, "s_min", "s_post"] },
      { event: "session_log", id: "b", beganAt: now - hour, answered: before },
      { event: "session_log", id: "c", beganAt: now - 14 * hour, answered: before },
      { event: "rest_prompt", id: "d", beganAt: now - hour / 4, answered: [] },
    ],
  };
}
