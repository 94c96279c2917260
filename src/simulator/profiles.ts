import type { SimulatedAccount } from './accounts.ts';

/** The accounts as profiles of a shared credentials file; the secrets are as good as any. */
export function sharedCredentials(accounts: readonly SimulatedAccount[]): string {
	return accounts
		.map(
			({ label, accessKeyId }) =>
				`[${label}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = simulated\n`,
		)
		.join('\n');
}
