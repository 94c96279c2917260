/** The simulator in a thread of its own, so that what it remembers is not counted as the program's. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Clock } from '../../src/lib/clock.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';

/** The virtual time, told by the other thread. */
const { time } = workerData as { readonly time: Float64Array };
const clock: Clock = {
	now: () => time[0] ?? 0,
	sleep: () => Promise.reject(new Error('nothing in this story waits')),
};

const simulator = await startSimulator({ scenario: 'two-releases', clock });
let build = 4712;

/** AWS: CreateDeployment. Each build is a new one. */
async function deploy(): Promise<string> {
	build += 1;
	const key = `releases/checkout-api/build-${build}.zip`;
	const response = await fetch(simulator.url, {
		method: 'POST',
		headers: {
			'content-type': 'application/x-amz-json-1.1',
			'x-amz-target': 'CodeDeploy_20141006.CreateDeployment',
		},
		body: JSON.stringify({
			applicationName: 'checkout-api',
			deploymentGroupName: 'prod-blue',
			revision: { revisionType: 'S3', s3Location: { bucket: 'acme-artifacts', key, bundleType: 'zip' } },
		}),
	});
	return response.text();
}

parentPort?.on('message', async () => parentPort?.postMessage(await deploy()));
parentPort?.postMessage({ url: simulator.url, region: simulator.region });
