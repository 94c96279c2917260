import { GatewayFailure } from '../gateway/failure.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { listed } from '../lib/sentence.ts';
import { type Budget, createBudget } from '../monitor/budget.ts';
import type { Session } from '../monitor/state.ts';
import type { CommonOptions } from './command.ts';
import type { Io } from './io.ts';
import { rateOf } from './poll-options.ts';
import type { Connection, WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

/** A connection, what may be asked over it, and what is fixed while it is open. */
export type OpenConnection = {
	readonly connection: Connection;
	readonly budget: Budget;
	readonly session: Session;
};

/** Connects; sends nothing. Throws UsageError when there is no region to ask in. */
export async function openConnection(common: CommonOptions, parts: WatchParts): Promise<OpenConnection> {
	const { io, clock, random } = parts;
	const budget = createBudget({ clock, random, ...rateOf(common) });
	const connection = await parts.connect(common, budget);
	try {
		const session = createSession(common, io.env, await regionOf(connection, common), clock.now());
		return { connection, budget, session };
	} catch (error) {
		connection.close();
		throw error;
	}
}

/** Throws UsageError when there is none, or the environment does not let anybody be asked. */
export async function regionOf(
	connection: Connection,
	{ knownContexts = [] }: Pick<CommonOptions, 'knownContexts'> = {},
): Promise<string> {
	try {
		return await connection.region();
	} catch (error) {
		if (!(error instanceof GatewayFailure)) throw error;
		const problem = error.details.detail.replace(/\.$/, '');
		if (error.details.operation !== 'ResolveRegion') throw new UsageError(problem);
		const labels = knownContexts.map(({ label }) => label);
		const named = labels.length === 0 ? 'a context of the configuration file' : listed(labels);
		throw new UsageError(
			`${problem}: expected a region such as eu-west-1 from --region, AWS_REGION, AWS_DEFAULT_REGION or the profile, or --context with ${named}`,
		);
	}
}

/** What is fixed while a connection is open. */
export function createSession(
	common: Pick<CommonOptions, 'profile' | 'endpointUrl' | 'readOnly' | 'protect' | 'keys'>,
	env: Io['env'],
	region: string,
	startedAt: number,
): Session {
	// The profile that the SDK takes from the environment protects, and is named, like one that is given.
	const given = common.profile ?? (env.AWS_PROFILE || undefined);
	// It is shown, and a section of a shared file may be called anything.
	const profile = given && sanitizeLine(given);
	return {
		region,
		readOnly: common.readOnly,
		protectedPatterns: common.protect,
		startedAt,
		...(common.keys && { keys: common.keys }),
		...(profile !== undefined && { profile }),
		...(common.endpointUrl !== undefined && { endpointUrl: common.endpointUrl }),
	};
}
