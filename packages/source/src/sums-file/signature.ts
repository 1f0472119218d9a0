import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { encodeJson } from "@longwave/stats";
import { SourceError } from "../errors.ts";

/** Who made a file of sums, and that it is as they made it (Ed25519, RFC 8032). */
export interface SumsSignature {
  /** The public key: SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  /** Of the file's text without the signature, in base64. */
  readonly value: string;
}

function spki(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).toString("base64");
}

function notKey(what: string, found: string): SourceError {
  return new SourceError(
    "source.sums-signature",
    `Expected ${what} (Ed25519, PEM); found ${found}. Make a pair with: openssl genpkey -algorithm ed25519 -out site.key, then openssl pkey -in site.key -pubout -out site.pub.`,
  );
}

function ed25519(read: () => KeyObject, what: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw notKey(what, "text that is no key");
  }
  if (key.asymmetricKeyType !== "ed25519") throw notKey(what, `a key of type ${key.asymmetricKeyType}`);
  return key;
}

/**
 * The signature of a text by a private key in PEM.
 *
 * @throws SourceError `source.sums-signature` for anything but an Ed25519 key.
 */
function signText(text: string, privateKeyPem: string): SumsSignature {
  const key = ed25519(() => createPrivateKey(privateKeyPem), "a private key");
  const value = sign(null, Buffer.from(text), key).toString("base64");
  return { publicKey: spki(createPublicKey(privateKeyPem)), value };
}

/**
 * The text of a file: JSON that a person can read, the same for the same content.
 *
 * @param privateKeyPem  signs the file: then it says who made it, and a change is found.
 * @throws SourceError `source.sums-signature`
 */
export function signed(content: object, privateKeyPem: string | undefined): string {
  if (privateKeyPem === undefined) return `${encodeJson(content)}\n`;
  return `${encodeJson({ ...content, signature: signText(encodeJson(content), privateKeyPem) })}\n`;
}

/** Whether a text is as it was when it was signed. */
export function isSigned(text: string, { publicKey, value }: SumsSignature): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), type: "spki", format: "der" });
    return (
      key.asymmetricKeyType === "ed25519" &&
      verify(null, Buffer.from(text), key, Buffer.from(value, "base64"))
    );
  } catch {
    return false;
  }
}

/**
 * A public key in PEM as files of sums have it.
 *
 * @throws SourceError `source.sums-signature`
 */
export function publicKeyOf(pem: string): string {
  return spki(ed25519(() => createPublicKey(pem), "a public key"));
}

/** A short name of a public key to compare by eye: the first 16 hex digits of its SHA-256. */
export function fingerprint(publicKey: string): string {
  return createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 16);
}

/** SHA-256 of a text, in hexadecimal. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
