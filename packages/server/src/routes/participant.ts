import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import { endVisit, requireVisit, startVisit } from "../access/visits.ts";
import { saveAnswers } from "../answers/save.ts";
import type { ServerContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { recordConsent } from "../participant/consent.ts";
import { finishWave } from "../participant/finish.ts";
import { followMove } from "../participant/move.ts";
import { participantState } from "../participant/state.ts";
import { personById } from "../store/queries/people.ts";
import { mount } from "./mount.ts";

/** The routes of the participant app. */
export function participantRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.openSession, async (call) => {
    const { token, timeZone } = await call.body();
    context.linkTries.check(call.address);
    const visit = await startVisit(context, token).catch(countingRefusals(context, call.address));
    const person = timeZone === undefined ? visit.person : await followMove(context, visit.person, timeZone);
    return call.json(await participantState(context, person), [visit.cookie]);
  });
  mount(app, endpoints.participantState, async (call) => {
    const { language } = call.query();
    const { person, cookie } = await requireVisit(context, call.request);
    return call.json(await participantState(context, person, language), [cookie]);
  });
  mount(app, endpoints.giveConsent, async (call) => {
    const given = await call.body();
    const { person, cookie } = await requireVisit(context, call.request);
    await recordConsent(context, person, given);
    const enrolled = (await personById(context.store.db, person.study, person.id)) ?? person;
    return call.json(await participantState(context, enrolled), [cookie]);
  });
  mount(app, endpoints.sendAnswers, async (call) => {
    const { answers } = await call.body();
    const { person, cookie } = await requireVisit(context, call.request);
    return call.json(await saveAnswers(context, person, answers), [cookie]);
  });
  mount(app, endpoints.finishWave, async (call) => {
    const { wave } = await call.body();
    const { person, cookie } = await requireVisit(context, call.request);
    await finishWave(context, person, wave);
    return call.json(await participantState(context, person), [cookie]);
  });
  mount(app, endpoints.closeSession, async (call) => call.none([await endVisit(context, call.request)]));
}

/** Only wrong links count against an address: many people may share one. */
function countingRefusals(context: ServerContext, address: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Refusal) context.linkTries.note(address);
    throw error;
  };
}
