import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Connection } from '../../../src/cli/start-watch.ts';
import type { DeploymentId } from '../../../src/domain/ids.ts';
import { connectAws } from '../../../src/gateway/aws/connect.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { createVirtualClock, type VirtualClock } from '../../../src/lib/virtual-clock.ts';
import { createEngine } from '../../../src/monitor/engine.ts';
import { type BudgetPool, createBudgetPool, type Share } from '../../../src/monitor/fleet/budgets.ts';
import { createFleetEngine, type FleetEngine } from '../../../src/monitor/fleet/engine.ts';
import { besideFleet, type FleetPlan } from '../../../src/monitor/fleet/plan.ts';
import { asContextLabel, type ContextState, initialFleet } from '../../../src/monitor/fleet/state.ts';
import { createFleetStore, type FleetStore } from '../../../src/monitor/fleet/store.ts';
import type { RowKey } from '../../../src/monitor/fleet/ui-state.ts';
import { initialState, type Rollout, rolloutOf } from '../../../src/monitor/state.ts';
import { createStore, type Store } from '../../../src/monitor/store.ts';
import { sharedCredentials } from '../../../src/simulator/profiles.ts';
import {
	type CallRecord,
	type FleetName,
	type Simulator,
	startSimulator,
} from '../../../src/simulator/simulator.ts';
import { countBusy } from '../../support/load.ts';

/** 2026-11-23 12:00:00 UTC: when every test begins. */
export const startAt = Date.UTC(2026, 10, 23, 12);

export type FleetStage = {
	readonly clock: VirtualClock;
	readonly simulator: Simulator;
	readonly store: FleetStore;
	readonly engines: readonly FleetEngine[];
	readonly shares: ReadonlyMap<string, Share>;
	/** Watches one deployment by itself, as it is done from the fleet; aborted with the rest. */
	watch(label: string, id: DeploymentId): Store;
	/** Which row is looked at, and whether anything else is on the screen. */
	readonly user: { row: RowKey | undefined; isElsewhere: boolean };
	context(label: string): ContextState;
	/** What is known of the deployments of a group, the newest first. */
	rollouts(label: string, group: string): readonly Rollout[];
	/** The ids that are listed as active. */
	active(label: string): readonly DeploymentId[];
	/** What was asked of CodeDeploy, of one operation or of all. */
	asked(operation?: string, since?: number): readonly CallRecord[];
	/** Lets `seconds` pass, and everything happen that happens meanwhile. */
	advance(seconds: number): Promise<void>;
	/** Ends the engines; resolves when nothing is left of them. */
	close(): Promise<void>;
};

export type FleetStageOptions = {
	/** `<profile> <region>`; all that there are unless told. */
	readonly places?: readonly string[];
	/** Profiles that lead to the account of another. */
	readonly aliases?: Readonly<Record<string, string>>;
	readonly prepare?: (simulator: Simulator) => void;
	readonly plan?: Partial<FleetPlan>;
};

/** Engines of several contexts on the simulator, through the real SDK, in virtual time. To be closed. */
export async function openFleet(name: FleetName, options: FleetStageOptions = {}): Promise<FleetStage> {
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario: name, clock });
	options.prepare?.(simulator);
	const forgetProfiles = writeProfiles(simulator, options.aliases ?? {});
	const places =
		options.places ??
		simulator.accounts.flatMap(({ label, regions }) => regions.map(each => `${label} ${each}`));
	const session = { readOnly: false, protectedPatterns: [], startedAt: startAt };
	const contexts = places.map(place => {
		const [profile = '', region = ''] = place.split(' ');
		return { label: asContextLabel(place), session: { ...session, profile, region } };
	});
	const store = createFleetStore(initialFleet(contexts, startAt), flush => queueMicrotask(flush));
	const random = createRandom(5);
	const pool: BudgetPool = createBudgetPool({ clock, random });
	const load = countBusy(simulator, clock);
	const user: FleetStage['user'] = { row: undefined, isElsewhere: false };
	const shares = new Map<string, Share>();
	const leaving = new AbortController();
	const closing: (() => void)[] = [];
	const connections = new Map<string, Connection>();
	const engines = contexts.map(context => {
		const { profile, region } = context.session;
		const share = pool.open();
		shares.set(context.label, share);
		const connection = load.watchConnection(
			(gate, counted) => connectAws({ profile, region, endpointUrl: simulator.url, clock: counted, gate }),
			share.budget,
		);
		closing.push(connection.close);
		connections.set(context.label, connection);
		return createFleetEngine({
			store,
			context,
			gateways: connection.gateways,
			clock,
			random,
			share,
			...(options.plan && { plan: options.plan }),
			chosenRow: () => user.row,
			isBackground: () => user.isElsewhere,
		});
	});
	const running = engines.map(engine => engine.run(leaving.signal));
	const quiet = async () => {
		for (let turns = 0; turns < 4; turns += 1) {
			await setImmediate();
			if (load.busy() > 0) turns = -1;
		}
	};
	const context = (label: string): ContextState => {
		const known = store.getState().contexts.get(asContextLabel(label));
		if (!known) throw new Error(`there is no context ${label}`);
		return known;
	};
	return {
		clock,
		simulator,
		store,
		engines,
		shares,
		watch(label, id) {
			const { gateways } = connections.get(label) ?? {};
			const { budget } = shares.get(label) ?? {};
			if (!(gateways && budget)) throw new Error(`there is no context ${label}`);
			const initial = initialState(id, context(label).context.session);
			const watched = createStore(initial, flush => queueMicrotask(flush));
			const visibleTargets = () => rolloutOf(watched.getState(), id).targetIds.slice(0, 30);
			const deps = { clock, random, budget, gateways, plan: besideFleet };
			const engine = createEngine({ ...deps, store: watched, visibleTargets });
			running.push(engine.run(leaving.signal));
			return watched;
		},
		user,
		context,
		rollouts: (label, group) =>
			[...context(label).rollouts.values()]
				.filter(({ deployment: { data } }) => `${data?.application}/${data?.group}` === group)
				.toSorted((a, b) => createdAt(b) - createdAt(a)),
		active: label => context(label).active.data ?? [],
		asked: (operation, since = 0) =>
			simulator.calls.filter(
				call =>
					call.service === 'CodeDeploy' &&
					call.at >= since &&
					(operation === undefined || call.operation === operation),
			),
		async advance(seconds) {
			const until = clock.now() + seconds * 1000;
			await quiet();
			for (let next = clock.nextDueAt(); next !== undefined && next <= until; next = clock.nextDueAt()) {
				clock.jumpTo(next);
				await quiet();
			}
			clock.jumpTo(until);
			await quiet();
		},
		async close() {
			leaving.abort();
			await Promise.all(running);
			for (const close of closing) close();
			await simulator.close();
			forgetProfiles();
		},
	};
}

const createdAt = ({ deployment }: Rollout): number => deployment.data?.createdAt ?? 0;

/** Puts the credentials of the simulator's accounts where the SDK looks for them; returns what takes them away again. */
function writeProfiles(simulator: Simulator, aliases: Readonly<Record<string, string>>): () => void {
	const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-fleet-'));
	const file = path.join(folder, 'credentials');
	const others = Object.entries(aliases).flatMap(([label, of]) =>
		simulator.accounts.filter(account => account.label === of).map(account => ({ ...account, label })),
	);
	writeFileSync(file, sharedCredentials([...simulator.accounts, ...others]));
	const before = { ...process.env };
	process.env.AWS_SHARED_CREDENTIALS_FILE = file;
	process.env.AWS_CONFIG_FILE = path.join(folder, 'none');
	return () => {
		for (const name of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE']) {
			const value = before[name];
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
		rmSync(folder, { recursive: true });
	};
}
