import type { StagedAccount } from '../../accounts.ts';
import type { Fault } from '../../server/faults.ts';
import type { Deployment } from '../../world/deployment.ts';
import type { TimeScale } from '../../world/script.ts';
import type { World } from '../../world/world.ts';
import type { GroupStory } from '../scenario.ts';
import { type StagingOptions, stageWorld } from '../stage-world.ts';

/** A story that happens in several accounts and regions at once, as data. */
export type FleetScenario = {
	readonly name: string;
	/** One line for people who choose. */
	readonly title: string;
	readonly accounts: readonly AccountStory[];
	/** What is wrong between the client and AWS. */
	readonly faults?: readonly Fault[];
	/** Which of AWS's long waits are shortened, and how far. */
	readonly scale?: Partial<TimeScale>;
};

export type AccountStory = {
	readonly accessKeyId: string;
	readonly accountId: string;
	readonly label: string;
	/** A region without a story is one that people watch all the same. */
	readonly regions: Readonly<Record<string, readonly GroupStory[]>>;
};

export type StagedFleet = {
	readonly accounts: readonly StagedAccount[];
	/** The first world, and the deployment of it that is worth opening. */
	readonly world: World;
	readonly deployment: Deployment;
};

/** Every world draws its own numbers, and none twice. */
const seedStep = 7919;

/** Builds all worlds of a scenario and brings them to the moment the story begins. */
export function stageFleet(
	scenario: FleetScenario,
	options: Omit<StagingOptions, 'accountId' | 'region'>,
): StagedFleet {
	let seed = options.seed;
	const first: { world: World; deployment: Deployment | undefined }[] = [];
	const stage = (accountId: string, region: string, stories: readonly GroupStory[]): World => {
		const { world, deployments } = stageWorld(stories, scenario, { ...options, seed, accountId, region });
		seed += seedStep;
		first.push({ world, deployment: deployments[0] });
		return world;
	};
	const accounts = scenario.accounts.map(({ regions, accountId, ...account }) => ({
		...account,
		accountId,
		regions: Object.keys(regions),
		worlds: new Map(
			Object.entries(regions).map(([region, stories]) => [region, stage(accountId, region, stories)]),
		),
	}));
	const { world, deployment } = first[0] ?? {};
	if (world === undefined || deployment === undefined)
		throw new Error(`the scenario ${scenario.name} deploys nothing in its first region`);
	return { accounts, world, deployment };
}
