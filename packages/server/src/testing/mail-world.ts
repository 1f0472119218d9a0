import type { AddPeopleAnswer, MessagesPage, ParticipantState } from "@longwave/api";
import { addPublication } from "../store/queries/publications.ts";
import { type Engine, makePlace, type TestPlace } from "./engines.ts";
import { startMailServer, type TestMailServer } from "./mail-server.ts";
import { consentTo, openWorld, protocolText, tokenOf, type Visitor, type World } from "./world.ts";

/** The study of a mail world. */
export const STUDY = "pain";

/** A server with one study of real people with addresses, and a real mail server beside it. */
export interface MailWorld {
  readonly world: World;
  readonly post: TestMailServer;
  readonly staff: Visitor;
  readonly place: TestPlace;
  /** A person with the address NAME@example.org who has consented, with more boxes ticked if told so. */
  join(
    name: string,
    more?: { readonly ticks?: readonly string[]; readonly timeZone?: string },
  ): Promise<Member>;
  /** Puts a publication there that readers can write under; of its page only the language. */
  publish(): Promise<void>;
  /** A page of the outbox as staff see it. */
  messages(query?: string): Promise<MessagesPage>;
  close(): Promise<void>;
}

/** Someone who takes part. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly token: string;
  readonly visitor: Visitor;
}

/** Opens one; an empty `name` in `join` gives a person without an address. */
export async function openMailWorld(
  engine: Engine,
  {
    protocol = protocolText,
    ...options
  }: Parameters<typeof openWorld>[0] & { readonly protocol?: string } = {},
): Promise<MailWorld> {
  const place = await makePlace(engine);
  const post = await startMailServer();
  const mail = { address: post.address };
  const world = await openWorld({ ...place.location, demonstration: null, mail, ...options });
  const staff = await world.staff("team@example.org");
  await staff.post("/api/studies", { protocol, id: STUDY });
  return {
    world,
    post,
    staff,
    place,
    join: (name, more) => join(world, staff, name, more),
    publish: () => addEmptyPublication(place),
    messages: (query = "") => staff.get<MessagesPage>(`/api/studies/${STUDY}/messages${query}`),
    async close() {
      await world.close();
      await post.stop();
      await place.remove();
    },
  };
}

async function join(
  world: World,
  staff: Visitor,
  name: string,
  more: { readonly ticks?: readonly string[]; readonly timeZone?: string } = {},
): Promise<Member> {
  const email = name === "" ? undefined : `${name}@example.org`;
  const text = email === undefined ? "Nobody Mailbox" : `${name} Testperson, ${email}`;
  const { added } = await staff.post<AddPeopleAnswer>(`/api/studies/${STUDY}/people`, { text });
  const token = tokenOf(added[0]?.link ?? "");
  const visitor = world.visitor();
  const state = await visitor.post<ParticipantState>("/api/participant/session", { token });
  const consent = consentTo(state, more.timeZone) as { ticks: Record<string, boolean> };
  const ticks = { ...consent.ticks, ...Object.fromEntries((more.ticks ?? []).map((id) => [id, true])) };
  await visitor.post("/api/participant/consent", { ...consent, ticks });
  return { id: added[0]?.id ?? "", name, email, token, visitor };
}

async function addEmptyPublication(place: TestPlace): Promise<void> {
  const store = await place.open();
  await addPublication(store.db, {
    study: STUDY,
    hash: "0".repeat(64),
    number: 1,
    run: "none",
    published_at: 0,
    published_by: "team@example.org",
    replaces: null,
    bundle: JSON.stringify({ language: "en" }),
  });
  await store.close();
}
