import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { createStudy } from "../studies/create.ts";
import { saveDraft, studyText } from "../studies/draft.ts";
import { studyFlow } from "../studies/flow.ts";
import { signLock } from "../studies/lock.ts";
import { moveStudy } from "../studies/move.ts";
import { publicStudies, requireStudy, studiesOf, summarize } from "../studies/summary.ts";
import { describeTemplates } from "../studies/templates.ts";
import { todayOf } from "../studies/today.ts";
import { makeTryOutLink } from "../studies/try-out.ts";
import { wavesPage } from "../studies/waves.ts";
import { mount } from "./mount.ts";
import { mountStaff, mountStudy } from "./mount-staff.ts";

/** The routes of studies. */
export function studyRoutes(app: Hono, context: ServerContext): void {
  mount(app, endpoints.publicStudies, async (call) => call.json(await publicStudies(context)));
  mount(app, endpoints.tryStudy, async (call) => {
    const { study } = await call.body();
    context.tryOuts.check(call.address);
    context.tryOuts.note(call.address);
    return call.json({ link: await makeTryOutLink(context, study) });
  });
  mountStaff(app, context, endpoints.studies, async (call) => {
    return call.json(await studiesOf(context, call.session));
  });
  mountStaff(app, context, endpoints.createStudy, async (call) => {
    const request = await call.body();
    return call.json(await createStudy(context, request, call.session));
  });
  mountStudy(app, context, endpoints.today, async (call) => call.json(await todayOf(context, call)));
  mountStaff(app, context, endpoints.templates, async (call) =>
    call.json(describeTemplates(context.templates)),
  );
  mountStudy(app, context, endpoints.study, async (call) => {
    return call.json(await summarize(context, call.study, call.member));
  });
  mountStudy(app, context, endpoints.waves, async (call) => call.json(await wavesPage(context, call.study)));
  mountStudy(app, context, endpoints.flow, async (call) => {
    return call.json(await studyFlow(context, call.study));
  });
  mountStudy(app, context, endpoints.studyText, async (call) => call.json(studyText(call.study)));
  mountStudy(app, context, endpoints.saveDraft, async (call) => {
    return call.json(await saveDraft(context, call.study, await call.body(), call.staff.email));
  });
  mountStudy(app, context, endpoints.moveStudy, async (call) => {
    await moveStudy(context, call.study, await call.body(), call.staff);
    return call.json(await summarize(context, await requireStudy(context, call.study.id), call.member));
  });
  mountStudy(app, context, endpoints.lockStudy, async (call) => {
    await signLock(context, call.study.id, call.staff);
    return call.json(await summarize(context, await requireStudy(context, call.study.id), call.member));
  });
}
