/** The one optional cookie of public pages: the name of a reader who asked to be remembered on this device. */
export const NAME_COOKIE = "longwave_name";

/**
 * The name of the cookie that holds an open visit of a participant. Over HTTPS its prefix makes browsers refuse one
 * that a neighbouring site has set for us.
 */
export function visitCookie(secure: boolean): string {
  return secure ? "__Host-longwave_visit" : "longwave_visit";
}

/** A `Set-Cookie` line that scripts cannot read and other sites cannot use. */
export function setCookie(
  name: string,
  value: string,
  options: { readonly maxAgeSeconds: number; readonly secure: boolean },
): string {
  const secure = options.secure ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${options.maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The value of a cookie of a request, if it has one of that name. */
export function readCookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
