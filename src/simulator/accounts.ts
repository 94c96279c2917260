import type { Service } from './server/service.ts';
import { ServiceError } from './server/service-error.ts';
import { realTimeScale } from './world/script.ts';
import { createWorld, type World } from './world/world.ts';

/** An account that the simulator answers for, and how to ask for it. */
export type SimulatedAccount = {
	/** The key that requests for it are signed with. */
	readonly accessKeyId: string;
	readonly accountId: string;
	/** What people call it, fit for the name of a profile. */
	readonly label: string;
	/** Where something happens; in all other regions it is empty. */
	readonly regions: readonly string[];
};

export type StagedAccount = SimulatedAccount & {
	/** By region; the first is where services that have no region are asked. */
	readonly worlds: ReadonlyMap<string, World>;
};

export type Accounts = {
	/**
	 * The account and region that a request is about, brought up to date. Throws ServiceError for a key that nobody has;
	 * where there is one account only, every key is its own.
	 */
	find(request: SignedRequest): World;
};

export type SignedRequest = {
	readonly service: Service | undefined;
	/** Both undefined when the request is not signed at all. */
	readonly accessKeyId: string | undefined;
	readonly region: string | undefined;
};

export function createAccounts(accounts: readonly StagedAccount[], now: () => number): Accounts {
	const accountOf = (accessKeyId: string | undefined): StagedAccount | undefined => {
		if (accounts.length === 1 || accessKeyId === undefined) return accounts[0];
		return accounts.find(account => account.accessKeyId === accessKeyId);
	};
	const worldOf = ({ worlds }: StagedAccount, { service, region }: SignedRequest): World | undefined => {
		const [home] = worlds.values();
		if (home === undefined || region === undefined || service?.isGlobal) return home;
		return worlds.get(region) ?? emptyWorld(home, region);
	};
	return {
		find(request) {
			const account = accountOf(request.accessKeyId);
			const world = account && worldOf(account, request);
			if (world === undefined) throw unknownKey();
			world.clockwork.advanceTo(now());
			return world;
		},
	};
}

/** In regions where nothing was staged there is nothing. */
function emptyWorld({ accountId, speed, clockwork }: World, region: string): World {
	return createWorld({
		accountId,
		region,
		seed: 1,
		speed,
		startAt: clockwork.now,
		scale: realTimeScale,
	});
}

/** AWS's words for credentials that it has not given to anybody. */
function unknownKey(): ServiceError {
	return new ServiceError(
		'UnrecognizedClientException',
		'The security token included in the request is invalid.',
	);
}
