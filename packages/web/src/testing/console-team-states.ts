import type { Account, NewSecondFactor, Team } from "@longwave/api";
import { me, now, press, running, seen, staff, study } from "./console-fixtures.ts";
import type { DesignedState } from "./designed-state.ts";

const team: Team = {
  members: [
    { email: staff.email, role: "owner", site: null, addedAt: now, addedBy: staff.email, you: true },
    {
      email: "bo.with.a.long.name@university.example.org",
      role: "data_entry",
      site: "Oslo",
      addedAt: now,
      addedBy: staff.email,
      you: false,
    },
  ],
};

const account: Account = {
  email: staff.email,
  name: staff.name,
  mayOpenStudies: true,
  secondFactor: "none",
  hasApp: false,
  passkeys: [],
  sessions: [
    {
      id: "a",
      device: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      startedAt: now,
      endsAt: now,
      current: true,
    },
    { id: "b", device: null, startedAt: now, endsAt: now, current: false },
  ],
};

const passkeys = [
  { id: "p", name: "The phone in the blue case that is mine", addedAt: now, usedAt: now },
  { id: "q", name: "Key on the ring", addedAt: now, usedAt: null },
];

const secret: NewSecondFactor = {
  secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA",
  uri: "otpauth://totp/Longwave:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Longwave&digits=6&period=30",
  recoveryCodes: Array.from({ length: 10 }, (_, index) => `aB3d${index}-x9Yz${index}`),
};

const wrong = {
  code: "staff.code-wrong",
  title: "This code does not fit",
  expected: "the six digits the app shows now",
  found: "another code",
  remedy: "Wait for the next code and type it.",
  status: 422,
};

const failed = {
  status: 409,
  body: {
    code: "member.last-owner",
    title: "A study keeps at least one owner",
    expected: "another owner of the study",
    found: "anna@example.org as the only one",
    remedy: "Make somebody else an owner first.",
    status: 409,
  },
};

const at = "/console/#/studies/try/team";
const ask = "GET /api/studies/try/team";
const mine = { ...me, "GET /api/staff/account": { body: account } };

/** Every state of the pages of the team and of one's own account. */
export const teamStates: readonly DesignedState[] = [
  {
    name: "team",
    address: at,
    script: study(running, { [ask]: { body: team } }),
    heading: "Team",
    reach: seen("bo.with.a.long.name@university.example.org"),
  },
  {
    name: "team-as-monitor",
    address: at,
    script: study({ ...running, role: "monitor", names: "hidden" }, { [ask]: { body: team } }),
    heading: "Team",
    reach: seen("Owners change the team."),
  },
  {
    name: "team-last-owner",
    address: at,
    script: study(
      { ...running, names: "second_factor" },
      { [ask]: { body: team }, "POST /api/studies/try/team/remove": failed },
    ),
    heading: "Team",
    reach: async (page) => {
      await press("Take anna@example.org out of the team")(page);
      await page.getByRole("dialog").getByRole("button", { name: "Take out" }).click();
      await seen("A study keeps at least one owner")(page);
    },
  },
  { name: "team-error", address: at, script: study(running, { [ask]: "no connection" }), heading: "Team" },
  {
    name: "account",
    address: "/console/#/account",
    script: mine,
    heading: "Account",
    reach: seen("You have not set it up yet."),
  },
  {
    name: "account-secret",
    address: "/console/#/account",
    script: {
      ...mine,
      "POST /api/staff/second-factor": { body: secret },
      "POST /api/staff/second-factor/code": { status: 422, body: wrong },
    },
    heading: "Account",
    reach: async (page) => {
      await press("Set up the second factor")(page);
      await page.getByRole("textbox", { name: /^Code/ }).fill("123456");
      await press("Confirm the code")(page);
      await seen("This code does not fit")(page);
    },
  },
  {
    name: "account-verified",
    address: "/console/#/account",
    script: {
      ...me,
      "GET /api/staff/account": {
        body: {
          ...account,
          secondFactor: "verified",
          hasApp: true,
          passkeys,
          sessions: account.sessions.slice(0, 1),
        },
      },
    },
    heading: "Account",
    reach: seen("You are signed in nowhere else."),
  },
  {
    name: "account-passkey-wrong",
    address: "/console/#/account",
    script: {
      ...me,
      "GET /api/staff/account": { body: { ...account, secondFactor: "set", passkeys } },
      "POST /api/staff/passkeys/ask": { body: { challenge: "AAAA", rpId: "elsewhere.example" } },
    },
    heading: "Account",
    reach: async (page) => {
      await press("Use a passkey")(page);
      await seen("The device did not do it, or you stopped it.")(page);
    },
  },
];
