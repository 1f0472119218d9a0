import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { PasskeyOptions } from "@longwave/api";

/** A device that makes passkeys and signs with them, of bytes alone (W3C Web Authentication, level 3, sections 6 and 7). */
export interface SoftAuthenticator {
  make(options: PasskeyOptions): PasskeyOptions;
  sign(options: PasskeyOptions): PasskeyOptions;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_KEY = 0x40;

/** One on a page of `origin`; without `verifies` it does not ask for a finger, a face or a PIN. */
export function softAuthenticator(origin: string, verifies = true): SoftAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  const flags = PRESENT | (verifies ? VERIFIED : 0);
  let counter = 0;
  const clientData = (type: string, { challenge }: PasskeyOptions): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const data = (more: number, ...rest: readonly Buffer[]): Buffer => {
    const head = Buffer.alloc(5);
    head[0] = flags | more;
    head.writeUInt32BE(counter, 1);
    const site = createHash("sha256").update(new URL(origin).hostname).digest();
    return Buffer.concat([site, head, ...rest]);
  };
  const credential = (response: Record<string, string>): PasskeyOptions => ({
    ...{ id: text(id), rawId: text(id), type: "public-key", clientExtensionResults: {}, response },
  });
  return {
    make(options) {
      const length = Buffer.from([0, id.length]);
      const authData = data(HAS_KEY, Buffer.alloc(16), length, id, coseKey(bytes(x), bytes(y)));
      return credential({
        clientDataJSON: text(clientData("webauthn.create", options)),
        attestationObject: text(attestation(authData)),
      });
    },
    sign(options) {
      counter += 1;
      const [authenticatorData, client] = [data(0), clientData("webauthn.get", options)];
      const hash = createHash("sha256").update(client).digest();
      return credential({
        clientDataJSON: text(client),
        authenticatorData: text(authenticatorData),
        signature: text(sign("sha256", Buffer.concat([authenticatorData, hash]), privateKey)),
      });
    },
  };
}

const text = (bytes: Buffer): string => bytes.toString("base64url");
const bytes = (text: string): Buffer => Buffer.from(text, "base64url");

/** A P-256 key in CBOR: kind 2, algorithm -7, curve 1, x, y (RFC 9052, section 7; RFC 9053, section 7.1). */
function coseKey(x: Buffer, y: Buffer): Buffer {
  const head = Buffer.from("a5010203262001215820", "hex");
  return Buffer.concat([head, x, Buffer.from("225820", "hex"), y]);
}

/** The CBOR map { fmt: "none", attStmt: {}, authData }. */
function attestation(authData: Buffer): Buffer {
  const fmt = Buffer.concat([
    Buffer.from("a363", "hex"),
    Buffer.from("fmt"),
    Buffer.from("d", "latin1"),
    Buffer.from("none"),
  ]);
  const statement = Buffer.concat([
    Buffer.from("g", "latin1"),
    Buffer.from("attStmt"),
    Buffer.from("a0", "hex"),
  ]);
  const name = Buffer.concat([Buffer.from("h", "latin1"), Buffer.from("authData")]);
  return Buffer.concat([fmt, statement, name, Buffer.from([0x58, authData.length]), authData]);
}
