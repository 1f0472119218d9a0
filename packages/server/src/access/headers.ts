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

/** The console shows the participant's page in a frame of its own; no other page is framed, or frames anything. */
const framing: readonly { readonly path: RegExp; readonly policy: string; readonly frames?: string }[] = [
  {
    path: /^\/console\/preview\/index\.html$/,
    policy: policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    frames: "SAMEORIGIN",
  },
  { path: /^\/console(\/|$)/, policy: `${policy}; frame-src 'self'` },
];

/** Which path was asked for, and whether over HTTPS. */
interface Asked {
  readonly path: string;
  readonly secure: boolean;
}

/** Puts the security headers on a response; over HTTPS also the promise to stay there. */
export function secureHeadersInto(response: Response, { path, secure }: Asked): void {
  for (const [name, value] of Object.entries(always)) response.headers.set(name, value);
  const own = framing.find((each) => each.path.test(path));
  if (own !== undefined) response.headers.set("content-security-policy", own.policy);
  if (own?.frames !== undefined) response.headers.set("x-frame-options", own.frames);
  if (secure) response.headers.set("strict-transport-security", "max-age=31536000");
}
