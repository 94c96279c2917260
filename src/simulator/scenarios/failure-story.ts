import type { Mishap } from '../world/script.ts';
import { build, checkoutGroup, fleetOf, quietDays } from './cast.ts';
import type { AccountPlant, FleetScript, HostPlant, Scenario } from './scenario.ts';

/** A small deployment that fails for one reason. */
export type FailureStory = {
	readonly name: string;
	readonly title: string;
	/** As a diagnosis names it. */
	readonly cause: string;
	/** The hosts it strikes, by their numbers: all six unless told otherwise. */
	readonly strikes?: readonly number[];
	readonly mishap?: Omit<Mishap, 'hosts'>;
	readonly host?: Omit<HostPlant, 'hosts'>;
	readonly account?: AccountPlant;
	readonly fleet?: Partial<FleetScript>;
	/** What this command shows on a host that was struck, where one can be asked. */
	readonly shows?: Shown;
	/** What is not the same for all of these stories. */
	readonly otherwise?: Partial<Scenario>;
};

/** In the command, `$GROUP` and `$DEPLOYMENT` stand for the ids of the story. */
export type Shown = { readonly command: string; readonly output: string };

const fleetSize = 6;
const everyHost = Array.from({ length: fleetSize }, (_, number) => number);

/** Of the hosts that are worked on first, one fares well: what sets the others apart can be told. */
export const someHosts: readonly number[] = [1, 2, 3];

/** AWS waits five minutes for an agent that does not answer, and an hour for one that fell silent. */
const shortWaits = { unclaimedEventMs: 20_000, silentEventMs: 40_000 };

const pace = 0.4;

export function tellFailure(story: FailureStory): Scenario {
	const hosts = story.strikes ?? everyHost;
	return {
		name: story.name,
		title: story.title,
		plantedCause: story.cause,
		group: {
			...checkoutGroup,
			deploysTo: { ...fleetOf(fleetSize), ...story.fleet },
			autoRollback: { enabled: false, events: [] },
		},
		history: quietDays,
		rollout: { revision: build(4711), description: 'Gift cards at checkout' },
		revisions: [
			{
				revision: build(4711),
				script: { pace, ...(story.mishap && { mishaps: [{ ...story.mishap, hosts }] }) },
			},
		],
		...(story.host && { hosts: [{ ...story.host, hosts }] }),
		...(story.account && { account: story.account }),
		scale: shortWaits,
		...story.otherwise,
	};
}
