import type { Language } from "@longwave/api";
import type { Protocol } from "@longwave/study";
import { compileConsent, compileForm } from "@longwave/study";
import type { ConsentForm, WaveForm } from "@longwave/study/answering";
import { readProtocol } from "@longwave/study/text";
import type { StudyRow } from "../store/queries/studies.ts";

/** Protocols and forms made from their text once for each process. */
export interface Compiler {
  protocol(study: Pick<StudyRow, "protocolText" | "protocolHash" | "protocolId">): Protocol;
  form(protocol: Protocol, wave: string, language: Language): WaveForm;
  consent(protocol: Protocol, language: Language): ConsentForm;
}

/** A compiler with an empty memory. */
export function createCompiler(): Compiler {
  const protocols = new Map<string, Protocol>();
  const forms = new WeakMap<Protocol, Map<string, WaveForm>>();
  const consents = new WeakMap<Protocol, Map<string, ConsentForm>>();
  return {
    protocol: ({ protocolText, protocolHash, protocolId }) =>
      remember(protocols, protocolHash, () => readProtocol(protocolText, `${protocolId}.yaml`)),
    form: (protocol, wave, language) =>
      remember(rememberIn(forms, protocol), `${wave} ${language}`, () =>
        compileForm(protocol, wave, language),
      ),
    consent: (protocol, language) =>
      remember(rememberIn(consents, protocol), language, () => compileConsent(protocol, language)),
  };
}

function remember<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const found = memory.get(key);
  if (found !== undefined) return found;
  const made = make();
  memory.set(key, made);
  return made;
}

function rememberIn<T>(memory: WeakMap<Protocol, Map<string, T>>, protocol: Protocol): Map<string, T> {
  const found = memory.get(protocol) ?? new Map<string, T>();
  memory.set(protocol, found);
  return found;
}
