import { isIP } from "node:net";
import { StoreError } from "../errors.ts";

/** A mail server to hand messages to. */
export interface MailRoute {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps), instead of asking for it (STARTTLS). */
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/**
 * The mail server that an address such as `smtp://user:password@mail.example.org:587` names.
 *
 * @param password  used when the address holds none.
 * @throws StoreError `mail.address-invalid`; the message never holds a password.
 */
export function mailRouteOf(address: string, password?: string): MailRoute {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === "") throw invalid(address);
  const secure = url.protocol === "smtps:";
  const typed = decoded(url.password, address);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    user: url.username === "" ? undefined : decoded(url.username, address),
    password: typed === "" ? password : typed,
  };
}

function decoded(part: string, address: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid(address);
  }
}

function invalid(address: string): StoreError {
  const shown = address.replace(/(\/\/)?\S*@/, "…@");
  return new StoreError(
    "mail.address-invalid",
    `expected a mail server such as smtp://user:password@mail.example.org:587; found ${shown}. Write signs like @, / and % in a password as %40, %2F and %25, or leave the password to LONGWAVE_MAIL_PASSWORD.`,
  );
}

/** Whether a host is this machine, where a password may travel without TLS. */
export function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
