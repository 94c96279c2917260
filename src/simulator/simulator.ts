import type { Clock } from '../lib/clock.ts';
import { createAccounts, type SimulatedAccount, type StagedAccount } from './accounts.ts';
import { stageFleet } from './scenarios/fleets/fleet-scenario.ts';
import {
	type FailureName,
	type FleetName,
	findFleet,
	findScenario,
	fleetScenarios,
	isFleetName,
	plantedCause,
	type ScenarioName,
	scenarios,
} from './scenarios/scenarios.ts';
import { stageScenario } from './scenarios/stage-scenario.ts';
import { type CallRecord, createCallLog } from './server/call-log.ts';
import { createExchange } from './server/exchange.ts';
import { createFaultBoard, type Fault } from './server/faults.ts';
import { startHttpServer } from './server/http-server.ts';
import { cloudWatch } from './services/cloudwatch/cloudwatch.ts';
import { codeDeploy } from './services/codedeploy/codedeploy.ts';
import { ec2 } from './services/ec2/ec2.ts';
import { elasticLoadBalancing } from './services/elb/elb.ts';
import { iam } from './services/iam/iam.ts';
import { cloudWatchLogs } from './services/logs/logs.ts';
import { s3 } from './services/s3/s3.ts';
import { ssm } from './services/ssm/ssm.ts';
import { sts } from './services/sts.ts';
import { drawUuid } from './world/identifiers.ts';
import type { World } from './world/world.ts';

export type { CallRecord, FailureName, Fault, FleetName, ScenarioName, SimulatedAccount };
export { fleetScenarios, isFleetName, plantedCause, scenarios };

export type SimulatorOptions = {
	readonly scenario: ScenarioName | FleetName;
	/** The world's time; virtual in tests. */
	readonly clock: Clock;
	/** The same seed gives the same ids, durations and outcomes. Default 1. */
	readonly seed?: number;
	/** Divides every scripted duration; timestamps stay in the clock's time. Default 1, at least 0.05. */
	readonly speed?: number;
	/** On 127.0.0.1. Default 0: any free one. */
	readonly port?: number;
	/** Ids per page of ListDeploymentTargets. Default 100. */
	readonly pageSize?: number;
	/**
	 * Where a story of one group happens; requests signed for another region find an empty account. Default eu-west-1.
	 * Stories of many groups bring their own accounts and regions.
	 */
	readonly region?: string;
	/** Default 123456789012. */
	readonly accountId?: string;
};

/** Slower, and the deployments of the days before would not be over when the story begins. */
const lowestSpeed = 0.05;

/** One AWS account or several on the loopback address, in which one story happens. */
export type Simulator = {
	readonly url: string;
	/** Whether the story is one of many groups, not of one. */
	readonly isFleet: boolean;
	/** Never empty. */
	readonly accounts: readonly SimulatedAccount[];
	/** The first account, and its first region. */
	readonly accountId: string;
	readonly region: string;
	/** The deployment worth opening. */
	readonly deploymentId: string;
	/** Every HTTP request so far, oldest first. */
	readonly calls: readonly CallRecord[];
	callsTo(operation: string): readonly CallRecord[];
	/** Requests that are being handled. */
	readonly inFlight: number;
	/** Of these, the ones that wait for the clock or for the client to give up. */
	readonly parked: number;
	/** Puts a fault in force; the answer takes it back. */
	inject(fault: Fault): () => void;
	/** Breaks all connections and frees the port. */
	close(): Promise<void>;
};

/** Starts the story now, by the clock, and serves it. Rejects if the port is taken or the speed too low. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
	const { clock, seed = 1, speed = 1 } = options;
	if (!(speed >= lowestSpeed)) throw new RangeError(`the speed must be at least ${lowestSpeed}`);
	const startAt = clock.now();
	const staged = stage(options, { seed, speed, startAt });
	const { world: home } = staged;
	const accounts = createAccounts(staged.accounts, clock.now);
	const calls = createCallLog();
	const requestIds = home.chance('request ids');
	const faults = createFaultBoard(home.chance('faults'), () => (clock.now() - startAt) * speed);
	for (const fault of staged.faults) faults.inject(fault);
	const exchange = createExchange({
		clock,
		services: [codeDeploy, cloudWatch, cloudWatchLogs, ec2, elasticLoadBalancing, iam, s3, ssm, sts],
		calls,
		faults,
		nextRequestId: () => drawUuid(requestIds),
		context(service, signature) {
			const world = accounts.find({ ...signature, service });
			return { world, pageSize: options.pageSize ?? 100, signedFor: signature.region ?? world.region };
		},
	});
	const server = await startHttpServer(options.port ?? 0, exchange);
	return {
		url: `http://127.0.0.1:${server.port}`,
		isFleet: isFleetName(options.scenario),
		accounts: staged.accounts.map(({ worlds: _, ...account }) => account),
		accountId: home.accountId,
		region: home.region,
		deploymentId: staged.deploymentId,
		calls: calls.calls,
		callsTo: operation => calls.calls.filter(call => call.operation === operation),
		get inFlight() {
			return server.inFlight;
		},
		get parked() {
			return exchange.parked;
		},
		inject: faults.inject,
		close: server.close,
	};
}

type Staged = {
	readonly accounts: readonly StagedAccount[];
	readonly world: World;
	readonly deploymentId: string;
	readonly faults: readonly Fault[];
};

function stage(
	{ scenario: name, region = 'eu-west-1', accountId = '123456789012' }: SimulatorOptions,
	when: { readonly seed: number; readonly speed: number; readonly startAt: number },
): Staged {
	if (isFleetName(name)) {
		const scenario = findFleet(name);
		const { accounts, world, deployment } = stageFleet(scenario, when);
		return { accounts, world, deploymentId: deployment.id, faults: scenario.faults ?? [] };
	}
	const scenario = findScenario(name);
	const { world, deployment } = stageScenario(scenario, { ...when, accountId, region });
	const worlds = new Map([[region, world]]);
	const account = { accessKeyId: 'simulated', accountId, label: 'simulated', regions: [region], worlds };
	return { accounts: [account], world, deploymentId: deployment.id, faults: scenario.faults ?? [] };
}
