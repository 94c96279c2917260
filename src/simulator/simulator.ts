import type { Clock } from '../lib/clock.ts';
import {
	type FailureName,
	findScenario,
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
import { iam } from './services/iam/iam.ts';
import { cloudWatchLogs } from './services/logs/logs.ts';
import { s3 } from './services/s3/s3.ts';
import { ssm } from './services/ssm/ssm.ts';
import { sts } from './services/sts.ts';
import { drawUuid } from './world/identifiers.ts';
import { realTimeScale } from './world/script.ts';
import { createWorld } from './world/world.ts';

export type { CallRecord, FailureName, Fault, ScenarioName };
export { plantedCause, scenarios };

export type SimulatorOptions = {
	readonly scenario: ScenarioName;
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
	/** Where the story happens; requests signed for another region find an empty account. Default eu-west-1. */
	readonly region?: string;
	/** Default 123456789012. */
	readonly accountId?: string;
};

/** Slower, and the deployments of the days before would not be over when the story begins. */
const lowestSpeed = 0.05;

/** An AWS account on the loopback address, in which one story happens. */
export type Simulator = {
	readonly url: string;
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
	const { clock, seed = 1, speed = 1, region = 'eu-west-1', accountId = '123456789012' } = options;
	if (!(speed >= lowestSpeed)) throw new RangeError(`the speed must be at least ${lowestSpeed}`);
	const startAt = clock.now();
	const scenario = findScenario(options.scenario);
	const { world, deployment } = stageScenario(scenario, { accountId, region, seed, speed, startAt });
	// In the account's other regions there is nothing.
	const elsewhere = (name: string) =>
		createWorld({ accountId, region: name, seed, speed, startAt, scale: realTimeScale });
	const calls = createCallLog();
	const requestIds = world.chance('request ids');
	const faults = createFaultBoard(world.chance('faults'), () => (clock.now() - startAt) * speed);
	for (const fault of scenario.faults ?? []) faults.inject(fault);
	const exchange = createExchange({
		clock,
		services: [codeDeploy, cloudWatch, cloudWatchLogs, ec2, iam, s3, ssm, sts],
		calls,
		faults,
		nextRequestId: () => drawUuid(requestIds),
		context(service, signedFor = region) {
			const asked = signedFor === region || service?.isGlobal ? world : elsewhere(signedFor);
			asked.clockwork.advanceTo(clock.now());
			return { world: asked, pageSize: options.pageSize ?? 100, signedFor };
		},
	});
	const server = await startHttpServer(options.port ?? 0, exchange);
	return {
		url: `http://127.0.0.1:${server.port}`,
		accountId,
		region,
		deploymentId: deployment.id,
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
