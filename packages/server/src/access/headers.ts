/**
 * What a browser may do with our pages: nothing from elsewhere, no inline script, no framing, no referrer.
 * Inline style is allowed: figures and pages carry their own, and a style cannot send anything anywhere from here.
 */
const policy: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const always: Readonly<Record<string, string>> = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Puts the security headers on a response; over HTTPS also the promise to stay there. */
export function secureHeadersInto(response: Response, secure: boolean): void {
  for (const [name, value] of Object.entries(always)) response.headers.set(name, value);
  if (secure) response.headers.set("strict-transport-security", "max-age=31536000");
}
