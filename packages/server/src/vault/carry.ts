import type { Kysely, KyselyPlugin } from "kysely";
import type { Vault } from "./vault.ts";

interface Carrier extends KyselyPlugin {
  readonly vault: Vault;
}

/** The same database, with the vault that its queries, also those inside a transaction, seal and open with. */
export function carryVault<Tables>(db: Kysely<Tables>, vault: Vault): Kysely<Tables> {
  const carrier: Carrier = {
    vault,
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => result,
  };
  return db.withPlugin(carrier);
}

/** The vault of the store that a query runs on. */
export function vaultOf<Tables>(db: Kysely<Tables>): Vault {
  const carrier = db.getExecutor().plugins.find((plugin): plugin is Carrier => "vault" in plugin);
  if (carrier) return carrier.vault;
  throw new Error("this database was not opened as a store, so it has no vault to seal and open with");
}
