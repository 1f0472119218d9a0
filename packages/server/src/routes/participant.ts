import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import { countingRefusals } from "../access/rate-limit.ts";
import { endVisit, otherThanLetter, requireVisit, startVisit, startVisitByLetter } from "../access/visits.ts";
import { saveAnswers } from "../answers/save.ts";
import type { ServerContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { declineConsent, recordConsent } from "../participant/consent.ts";
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
    const visit = await startVisit(context, token).catch(countingRefusals(context.linkTries, call.address));
    const person = timeZone === undefined ? visit.person : await followMove(context, visit.person, timeZone);
    return call.json(await participantState(context, person), [visit.cookie]);
  });
  mount(app, endpoints.openByLetter, async (call) => {
    const { code, timeZone } = await call.body();
    context.letterTries.check(call.address);
    const counting = countingRefusals(context.letterTries, call.address);
    const visit = await startVisitByLetter(context, code).catch(counting);
    const person = timeZone === undefined ? visit.person : await followMove(context, visit.person, timeZone);
    return call.json(await participantState(context, person, visit), [visit.cookie]);
  });
  mount(app, endpoints.participantState, async (call) => {
    const { language } = call.query();
    const { person, cookie, only } = await requireVisit(context, call.request);
    return call.json(await participantState(context, person, { language, only }), [cookie]);
  });
  mount(app, endpoints.giveConsent, async (call) => {
    const given = await call.body();
    const { person, cookie, only } = await requireVisit(context, call.request);
    if (only && person.enrolledAt !== undefined) throw new Refusal(otherThanLetter(only, "another consent"));
    await recordConsent(context, person, given);
    const enrolled = (await personById(context.store.db, person.study, person.id)) ?? person;
    return call.json(await participantState(context, enrolled, { only }), [cookie]);
  });
  mount(app, endpoints.declineConsent, async (call) => {
    const declined = await call.body();
    const { person, cookie, only } = await requireVisit(context, call.request);
    if (only) throw new Refusal(otherThanLetter(only, "a consent"));
    await declineConsent(context, person, declined);
    return call.json(await participantState(context, person), [cookie]);
  });
  mount(app, endpoints.sendAnswers, async (call) => {
    const { answers } = await call.body();
    const { person, cookie, only } = await requireVisit(context, call.request);
    return call.json(await saveAnswers(context, person, answers, only), [cookie]);
  });
  mount(app, endpoints.finishWave, async (call) => {
    const { wave } = await call.body();
    const { person, cookie, only } = await requireVisit(context, call.request);
    if (only && only.wave !== wave) throw new Refusal(otherThanLetter(only, wave));
    await finishWave(context, person, wave);
    return call.json(await participantState(context, person, { only }), [cookie]);
  });
  mount(app, endpoints.closeSession, async (call) => call.none([await endVisit(context, call.request)]));
}
