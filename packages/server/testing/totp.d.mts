/** The six digits an authenticator app shows at `at` (ms) for a secret. */
export function totpAt(secret: string, at: number): string;
