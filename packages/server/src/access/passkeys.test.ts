import type { Account, PasskeyOptions } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { softAuthenticator } from "../testing/soft-authenticator.ts";
import { openWorld, type Visitor, type World } from "../testing/world.ts";

afterAll(stopPostgres);

const SITE = "http://localhost:4040";
const at = "/api/staff/passkeys";

const begin = (visitor: Visitor) => visitor.post<PasskeyOptions>(`${at}/begin`);
const ask = (visitor: Visitor) => visitor.post<PasskeyOptions>(`${at}/ask`);
const add = (visitor: Visitor, signed: PasskeyOptions, name = "My phone") =>
  visitor.post<Account>(at, { name, signed });
const prove = (visitor: Visitor, signed: PasskeyOptions) => visitor.post<Account>(`${at}/prove`, { signed });
const wrong = async (visitor: Visitor, signed: PasskeyOptions): Promise<string> =>
  (await visitor.problem("POST", `${at}/prove`, { signed })).code;

describe.each(engines)("passkeys of staff, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  beforeAll(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration: null });
  });
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  test("are added under a name, show the second factor in later sessions, and are taken away", async () => {
    const device = softAuthenticator(SITE);
    const first = await world.signedIn("one@example.org");
    const added = await add(first, device.make(await begin(first)));
    expect(added).toMatchObject({
      secondFactor: "verified",
      hasApp: false,
      passkeys: [{ name: "My phone", usedAt: null }],
    });

    const later = await world.signedIn("one@example.org");
    expect((await later.get<Account>("/api/staff/account")).secondFactor).toBe("set");
    expect((await later.problem("POST", `${at}/begin`)).code).toBe("staff.second-factor-needed");
    expect((await later.problem("POST", "/api/staff/second-factor")).code).toBe("staff.second-factor-needed");
    const id = added.passkeys[0]?.id ?? "";
    expect((await later.problem("POST", `${at}/remove`, { passkey: id })).code).toBe(
      "staff.second-factor-needed",
    );
    const proved = await prove(later, device.sign(await ask(later)));
    expect(proved.secondFactor).toBe("verified");
    expect(proved.passkeys[0]?.usedAt).toBeGreaterThan(0);
    const without = await later.post<Account>(`${at}/remove`, { passkey: id });
    expect(without).toMatchObject({ secondFactor: "none", passkeys: [] });
  });

  test("sign once, for the session that asked, on this site, and after asking for a finger, a face or a PIN", async () => {
    const device = softAuthenticator(SITE);
    const visitor = await world.signedIn("two@example.org");
    const made = device.make(await begin(visitor));
    await add(visitor, made);
    expect((await visitor.problem("POST", at, { name: "again", signed: made })).code).toBe(
      "staff.passkey-wrong",
    );

    const session = await world.signedIn("two@example.org");
    expect(await wrong(session, device.sign({ challenge: "made up" }))).toBe("staff.passkey-wrong");
    expect(await wrong(session, softAuthenticator(SITE).sign(await ask(session)))).toBe(
      "staff.passkey-wrong",
    );
    const signed = device.sign(await ask(session));
    const stranger = await world.signedIn("three@example.org");
    await ask(stranger);
    expect(await wrong(stranger, signed)).toBe("staff.passkey-wrong");
    await prove(session, signed);
    expect(await wrong(session, signed), "taken once").toBe("staff.passkey-wrong");

    const elsewhere = softAuthenticator("http://longwave.example:4040");
    const careless = softAuthenticator(SITE, false);
    for (const other of [elsewhere, careless]) {
      const signed = other.make(await begin(session));
      expect((await session.problem("POST", at, { name: "x", signed })).code).toBe("staff.passkey-wrong");
    }
  });

  test("go with the second factor that the person who runs the server forgets", async () => {
    const device = softAuthenticator(SITE);
    const visitor = await world.signedIn("four@example.org");
    await add(visitor, device.make(await begin(visitor)));
    expect(await world.server.forgetSecondFactor("four@example.org")).toBe(true);
    expect((await visitor.get<Account>("/api/staff/account")).secondFactor).toBe("none");
    expect(await wrong(visitor, device.sign(await ask(visitor)))).toBe("staff.passkey-wrong");
  });
});
