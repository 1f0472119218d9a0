import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { allStudies } from "../store/queries/studies.ts";
import { createStudy } from "../studies/create.ts";
import { studyFlow } from "../studies/flow.ts";
import { signLock } from "../studies/lock.ts";
import { publicStudies, requireStudy, summarize } from "../studies/summary.ts";
import { makeTryOutLink } from "../studies/try-out.ts";
import { mount } from "./mount.ts";

/** The routes of studies. */
export function studyRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.publicStudies, async (call) => call.json(await publicStudies(context)));
  mount(app, endpoints.tryStudy, async (call) => {
    const { study } = await call.body();
    context.tryOuts.check(call.address);
    context.tryOuts.note(call.address);
    return call.json({ link: await makeTryOutLink(context, study) });
  });
  mount(app, endpoints.studies, async (call) => {
    await context.staff.require(call.request);
    const studies = await allStudies(context.store.db);
    return call.json(await Promise.all(studies.map((study) => summarize(context, study))));
  });
  mount(app, endpoints.createStudy, async (call) => {
    const request = await call.body();
    const staff = await context.staff.require(call.request);
    return call.json(await createStudy(context, request, staff));
  });
  mount(app, endpoints.study, async (call) => {
    await context.staff.require(call.request);
    return call.json(await summarize(context, await requireStudy(context, call.path.study)));
  });
  mount(app, endpoints.flow, async (call) => {
    await context.staff.require(call.request);
    return call.json(await studyFlow(context, await requireStudy(context, call.path.study)));
  });
  mount(app, endpoints.lockStudy, async (call) => {
    const staff = await context.staff.require(call.request);
    const study = await requireStudy(context, call.path.study);
    await signLock(context, study.id, staff);
    return call.json(await summarize(context, await requireStudy(context, study.id)));
  });
}
