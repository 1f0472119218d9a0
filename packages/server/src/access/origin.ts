import { StoreError } from "../errors.ts";

/**
 * The origin of the address under which people know the server.
 *
 * @throws StoreError `server.address-invalid` when it is not the address of a web site.
 */
export function publicOriginOf(publicUrl: string): string {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.origin;
  throw new StoreError(
    "server.address-invalid",
    `expected a public address such as https://study.example.org; found ${publicUrl}. Write it with https:// in front.`,
  );
}
