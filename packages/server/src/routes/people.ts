import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { writeLetters } from "../letters/write.ts";
import { addPeopleFromText } from "../people/add.ts";
import { peoplePage } from "../people/page.ts";
import { personPage } from "../people/person.ts";
import { rotateLink } from "../people/rotate-link.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of the people of a study. */
export function peopleRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.people, async (call) => {
    const query = call.query();
    return call.json(await peoplePage(context, call, query));
  });
  mountStudy(app, context, endpoints.person, async (call) =>
    call.json(await personPage(context, call, call.path.person)),
  );
  mountStudy(app, context, endpoints.addPeople, async (call) => {
    const request = await call.body();
    return call.json(await addPeopleFromText(context, call, request));
  });
  mountStudy(app, context, endpoints.writeLetters, async (call) =>
    call.json(await writeLetters(context, call)),
  );
  mountStudy(app, context, endpoints.personLink, async (call) => {
    return call.json({ link: await rotateLink(context, call, call.path.person) });
  });
}
