import type { ContextColour } from '../monitor/fleet/state.ts';
import type { CommonOptions } from './command.ts';
import type { ContextOptions } from './settings.ts';

/** What of a simulator says how to ask it. */
export type SimulatedPlaces = {
	readonly url: string;
	readonly accounts: readonly {
		readonly label: string;
		readonly accountId: string;
		readonly regions: readonly string[];
	}[];
};

/** Production is what nobody should take for anything else. */
const colours: readonly ContextColour[] = ['red', 'yellow', 'green', 'cyan'];

/** A context for each account in each of its regions, or in those that were asked for. */
export function contextsOf({ url, accounts }: SimulatedPlaces, common: CommonOptions): ContextOptions[] {
	const { readOnly, protect, profiles = [], regions = [] } = common;
	const isWanted = (wanted: readonly string[], name: string) => wanted.length === 0 || wanted.includes(name);
	return accounts.flatMap((account, at) =>
		account.regions
			.filter(region => isWanted(profiles, account.label) && isWanted(regions, region))
			.map((region): ContextOptions => {
				const colour = colours[at];
				return {
					label: account.regions.length > 1 ? `${account.label} ${region}` : account.label,
					profile: account.label,
					region,
					endpointUrl: url,
					protect,
					readOnly,
					...(colour && { colour }),
				};
			}),
	);
}

/** How to watch a simulator with several accounts, as lines for a shell. */
export function fleetInstructions({ url, accounts }: SimulatedPlaces, credentials: string): string {
	const regions = [...new Set(accounts.flatMap(account => account.regions))];
	const file = 'simulated-credentials';
	return [
		`${url} answers for ${accounts.map(({ label, accountId }) => `${label} (${accountId})`).join(', ')}`,
		`cat > ${file} <<'END'`,
		`${credentials}END`,
		`AWS_SHARED_CREDENTIALS_FILE=${file} rollcall --profile ${accounts.map(({ label }) => label).join(',')} ` +
			`--region ${regions.join(',')} --endpoint-url ${url}`,
		'',
	].join('\n');
}
