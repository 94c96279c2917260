import type { DiagnosisCase, HostLogs } from '../../src/diagnosis/case.ts';
import type { Finding } from '../../src/diagnosis/finding.ts';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asTargetId, type TargetId } from '../../src/domain/ids.ts';
import type { Diagnostics } from '../../src/domain/lifecycle-event.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';
import { deployment, event, target } from '../domain/builders.ts';

/** Small deployments on which one thing has failed. */

const inPlace = ['ApplicationStop', 'DownloadBundle', 'BeforeInstall', 'Install', 'AfterInstall'].concat([
	'ApplicationStart',
	'ValidateService',
]);
const withLoadBalancer = ['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic', ...inPlace].concat([
	'BeforeAllowTraffic',
	'AllowTraffic',
	'AfterAllowTraffic',
]);

export type Told = Partial<Diagnostics> & { readonly event: string; readonly tookMs?: number };

/** A host that failed at an event; without any text nobody said why. */
export function failedHost(id: string, { event: at, tookMs, ...told }: Told): TargetSnapshot {
	const order = inPlace.includes(at) ? inPlace : withLoadBalancer;
	const diagnostics: Diagnostics = {
		errorCode: 'UnknownError',
		...told,
		scriptName: sanitizeLine(told.scriptName ?? ''),
		message: sanitizeLine(told.message ?? ''),
		logTail: sanitizeText(told.logTail ?? ''),
	};
	const isSilent = Object.keys(told).length === 0;
	const times = tookMs === undefined ? {} : { startedAt: 1000, endedAt: 1000 + tookMs };
	const events = order.map((name, index) => {
		if (name === at) return event(name, 'Failed', { ...times, ...(!isSilent && { diagnostics }) });
		return event(name, index < order.indexOf(at) ? 'Succeeded' : 'Skipped');
	});
	return target(id, 'Failed', events);
}

/** A host on which all went well. */
export const goodHost = (id: string): TargetSnapshot =>
	target(
		id,
		'Succeeded',
		withLoadBalancer.map(name => event(name, 'Succeeded')),
	);

/** Deployments here are of a bundle, by a group that is known. */
export const bundle = {
	type: 's3',
	bucket: 'acme-artifacts',
	key: 'releases/checkout-api/build-4711.zip',
	bundleType: 'zip',
} as const;

export function caseWith(
	targets: readonly TargetSnapshot[],
	more: Partial<DeploymentSnapshot> = {},
	rest: Partial<DiagnosisCase> = {},
): DiagnosisCase {
	return {
		deployment: deployment({
			status: 'Failed',
			platform: 'Server',
			type: 'IN_PLACE',
			application: 'checkout-api',
			group: 'prod-blue',
			configName: 'CodeDeployDefault.HalfAtATime',
			revision: bundle,
			...more,
		}),
		targets: new Map(targets.map(known => [known.id, known])),
		region: 'eu-west-1',
		...rest,
	};
}

export const hostA = 'i-00251908fcdce4b31';
export const hostB = 'i-0ec38d79d89a0da0c';
export const hostC = 'i-03f99217331a52757';

export const logsOf = (id: string, logs: HostLogs): ReadonlyMap<TargetId, HostLogs> =>
	new Map([[asTargetId(id), logs]]);

/** The causes that were found, in order, each with how sure it is. */
export const told = (findings: readonly Finding[]): readonly string[] =>
	findings.map(({ cause, confidence }) => `${cause}: ${confidence}`);

/** What agent 1 writes to the log tail of a hook. */
export const tail = (at: string, script: string, ...lines: readonly string[]): string =>
	[`LifecycleEvent - ${at}`, `Script - ${script}`, ...lines].map(line => `${line}\n`).join('');
