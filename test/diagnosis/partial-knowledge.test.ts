import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DiagnosisCase, HostLogs } from '../../src/diagnosis/case.ts';
import { deploymentChecks, hostChecks } from '../../src/diagnosis/check.ts';
import { judgeChecklist } from '../../src/diagnosis/checklist.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Asked, HostKnowledge, Knowledge } from '../../src/diagnosis/knowledge.ts';
import type { AccessDecision } from '../../src/domain/access.ts';
import type { BundleHead } from '../../src/domain/bundle.ts';
import { asTargetId, type InstanceId } from '../../src/domain/ids.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';
import { caseWith, failedHost, goodHost, hostA, hostB } from './support.ts';

/** Whatever is known of hosts and account, and whatever is not: something is said, it is whole, and it is the same again. */

const asked = <T>(answer: fc.Arbitrary<T>): fc.Arbitrary<Asked<T>> =>
	fc.oneof(
		answer.map(known => ({ answer: known })),
		fc.record({ unanswered: hostileText, needs: fc.option(hostileText, { nil: undefined }) }),
	);
const nothing = fc.constant('nothing' as const);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof(arbitrary, fc.constant(undefined));
const anyTime = fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, Infinity, -1, 8.64e15 + 1));
const document = fc.oneof(
	hostileText,
	fc.json(),
	fc.constant('{"Statement":{"Effect":"Deny","Principal":"*","Action":"*"}}'),
);

/** Leaves out what is undefined: a field that is not there is not one without a value. */
function present<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

const anyRole = fc
	.record({ name: hostileText, arn: hostileText, trustPolicy: some(document) })
	.map(({ trustPolicy, ...role }) => ({ ...role, ...(trustPolicy !== undefined && { trustPolicy }) }));
const anyDecision: fc.Arbitrary<AccessDecision> = fc.record({
	action: fc.constantFrom(
		's3:GetObject',
		's3:GetObjectVersion',
		'kms:Decrypt',
		'codedeploy-commands-secure:PollHostCommand',
		'elasticloadbalancing:RegisterTargets',
		'',
	),
	resource: hostileText,
	verdict: fc.constantFrom('allowed', 'denied', 'unknown'),
	reason: fc.oneof(hostileText, fc.constant('no policy of the role allows it')),
	by: fc.constantFrom('simulation', 'policies', 'nothing'),
	needs: fc.array(hostileText, { maxLength: 2 }),
});
const decisions = fc.array(anyDecision, { maxLength: 6 });
const anyHead: fc.Arbitrary<BundleHead> = fc.oneof(
	fc.record({
		type: fc.constant('found' as const),
		size: fc.nat(),
		eTag: hostileText,
		region: hostileText,
		encryption: fc.record({ algorithm: hostileText }),
	}),
	fc.record({
		type: fc.constant('missing' as const),
		what: fc.constantFrom('bucket', 'object', 'unknown'),
		deleted: fc.boolean(),
	}),
	fc.record({ type: fc.constant('denied' as const), action: hostileText }),
	fc.record({ type: fc.constant('elsewhere' as const) }),
);

const id = hostA as InstanceId;
const words = (...known: readonly string[]) => fc.oneof(fc.constantFrom(...known), hostileText);
const anyHost: fc.Arbitrary<HostKnowledge> = fc
	.record({
		instance: some(
			asked(
				fc.oneof(
					nothing,
					fc.record({
						id: fc.constant(id),
						state: words('running', 'terminated', 'stopped', 'pending'),
						instanceProfileArn: hostileText,
						platform: fc.constantFrom('linux', 'windows'),
						tags: fc.constant([]),
					}),
				),
			),
		),
		status: some(
			asked(
				fc.oneof(
					nothing,
					fc.record({
						id: fc.constant(id),
						system: words('ok', 'impaired'),
						instance: words('ok', 'impaired'),
						events: fc.array(fc.record({ code: hostileText, description: hostileText, notBefore: anyTime }), {
							maxLength: 3,
						}),
					}),
				),
			),
		),
		ping: some(
			asked(
				fc.oneof(
					nothing,
					fc.record({ id: fc.constant(id), status: words('Online', 'ConnectionLost'), lastPingAt: anyTime }),
				),
			),
		),
		service: some(
			asked(
				fc.record({
					state: fc.constantFrom('running', 'stopped', 'failed', 'starting', 'not-installed', 'unknown'),
					enabled: fc.boolean(),
					lastWords: hostileText,
				}),
			),
		),
		version: some(
			asked(
				fc.oneof(
					nothing,
					fc.record({ version: words('1.0-1.1352', '1.8.1', '2.0.0'), generation: fc.constantFrom(1, 2) }),
				),
			),
		),
		disk: some(
			asked(
				fc.array(
					fc.record({
						mount: words('/', '/var', 'C:'),
						of: fc.constantFrom('space', 'inodes'),
						usedPercent: fc.oneof(fc.nat(110), anyTime),
					}),
					{ maxLength: 4 },
				),
			),
		),
		clock: some(asked(fc.oneof(nothing, fc.record({ aheadMs: anyTime, synchronized: fc.boolean() })))),
		profile: some(
			asked(
				fc.oneof(nothing, fc.record({ name: hostileText }), fc.record({ name: hostileText, role: anyRole })),
			),
		),
		access: some(asked(decisions)),
	})
	.map(host => present<HostKnowledge>(host));

const anyKnowledge: fc.Arbitrary<Knowledge> = fc
	.record({
		serviceRole: some(asked(fc.oneof(nothing, fc.record({ role: anyRole, decisions })))),
		bundle: some(asked(fc.oneof(nothing, anyHead))),
		hosts: fc
			.tuple(some(anyHost), some(anyHost))
			.map(
				([a, b]) =>
					new Map([
						...(a ? [[asTargetId(hostA), a] as const] : []),
						...(b ? [[asTargetId(hostB), b] as const] : []),
					]),
			),
	})
	.map(knowledge => present<Knowledge>(knowledge));

const anyLogs: fc.Arbitrary<HostLogs> = fc
	.record({
		agentLog: some(hostileText),
		scriptsLog: some(hostileText),
		unread: some(fc.record({ agentLog: fc.record({ unanswered: hostileText }) })),
	})
	.map(logs => present<HostLogs>(logs));

const failures = [
	{ event: 'ApplicationStop', message: 'CodeDeploy agent was not able to receive the lifecycle event' },
	{ event: 'AfterInstall', message: 'CodeDeploy agent was not able to receive the lifecycle event' },
	{ event: 'DownloadBundle', message: 'Access Denied' },
	{ event: 'DownloadBundle', message: 'Error extracting tar archive: 2' },
	{ event: 'AllowTraffic' },
	{ event: 'AfterInstall', tookMs: 4_000_000 },
	{
		event: 'AfterInstall',
		scriptName: 'a.sh',
		message: 'Script at specified location: a.sh failed with exit code 1',
	},
];

const anyCase: fc.Arbitrary<DiagnosisCase> = fc
	.record({
		failure: fc.constantFrom(...failures),
		second: fc.constantFrom('good', 'alike'),
		knowledge: anyKnowledge,
		logs: anyLogs,
		status: fc.constantFrom('Failed', 'Stopped', 'InProgress', 'Succeeded'),
		error: some(
			fc.record({
				code: fc.constantFrom(
					'HEALTH_CONSTRAINTS',
					'IAM_ROLE_PERMISSIONS',
					'AUTO_SCALING_IAM_ROLE_PERMISSIONS',
					'NEW',
				),
				message: hostileText,
			}),
		),
	})
	.map(({ failure, second, knowledge, logs, status, error }) =>
		caseWith(
			[failedHost(hostA, failure), second === 'good' ? goodHost(hostB) : failedHost(hostB, failure)],
			{ status, ...(error && { error }) },
			{ knowledge, hostLogs: new Map([[asTargetId(hostA), logs]]) },
		),
	);

const hosts = [asTargetId(hostA), asTargetId(hostB)];

describe('whatever is known', () => {
	test('a diagnosis is made, its findings are whole, and it is the same again', () => {
		fc.assert(
			fc.property(anyCase, of => {
				const findings = diagnose(of);
				expect(diagnose(of)).toEqual(findings);
				for (const { title, remedy, why, evidence } of findings) {
					expect(title.length).toBeGreaterThan(0);
					expect(title.length).toBeLessThanOrEqual(60);
					expect(why.length).toBeGreaterThan(0);
					expect(remedy.steps.length).toBeGreaterThan(0);
					expect(remedy.commands.length).toBeGreaterThan(0);
					expect(evidence.every(({ text }) => text.length <= 400)).toBe(true);
				}
			}),
			thoroughly,
		);
	});
	test('the checklist has every step, each with a verdict that is explained', () => {
		fc.assert(
			fc.property(anyCase, of => {
				const results = judgeChecklist(of, hosts);
				expect(results).toHaveLength(
					Object.keys(deploymentChecks).length + hosts.length * Object.keys(hostChecks).length,
				);
				for (const { verdict, summary, remedy, needs } of results) {
					expect(summary === '').toBe(verdict === 'pending');
					if (verdict === 'problem') expect(remedy?.steps.length).toBeGreaterThan(0);
					if (needs !== undefined) expect(verdict).toBe('unknown');
				}
			}),
			thoroughly,
		);
	});
	test('a good host has no findings, and without an error the deployment has none either', () => {
		fc.assert(
			fc.property(anyKnowledge, knowledge => {
				expect(diagnose(caseWith([goodHost(hostA)], { status: 'Succeeded' }, { knowledge }))).toEqual([]);
			}),
			thoroughly,
		);
	});
});
