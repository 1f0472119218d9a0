import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { correctAnswer } from "../entry/correct.ts";
import { enterAnswers } from "../entry/enter.ts";
import { paperConsentSheet, recordPaperConsent } from "../entry/paper-consent.ts";
import { secondEntry, settle } from "../entry/second.ts";
import { entrySheet } from "../entry/sheet.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of what staff enter for people. */
export function entryRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.entrySheet, async (call) =>
    call.json(await entrySheet(context, call, call.path)),
  );
  mountStudy(app, context, endpoints.enterAnswers, async (call) => {
    const request = await call.body();
    return call.json(await enterAnswers(context, call, call.path, request));
  });
  mountStudy(app, context, endpoints.correctAnswer, async (call) => {
    const request = await call.body();
    return call.json(await correctAnswer(context, call, call.path, request));
  });
  mountStudy(app, context, endpoints.consentPaper, async (call) =>
    call.json(await paperConsentSheet(context, call, call.path)),
  );
  mountStudy(app, context, endpoints.recordPaperConsent, async (call) => {
    const request = await call.body();
    return call.json(await recordPaperConsent(context, call, call.path, request));
  });
  mountStudy(app, context, endpoints.secondEntry, async (call) => {
    const request = await call.body();
    return call.json(await secondEntry(context, call, call.path, request));
  });
  mountStudy(app, context, endpoints.settleDifference, async (call) => {
    const request = await call.body();
    return call.json(await settle(context, call, call.path, request));
  });
}
