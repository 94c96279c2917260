import { describe, expect, test } from 'vitest';
import type { DiagnosisCase } from '../../src/diagnosis/case.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { HostKnowledge, Knowledge } from '../../src/diagnosis/knowledge.ts';
import { event, target } from '../domain/builders.ts';
import {
	decision,
	head,
	healthyHost,
	instance,
	keyArn,
	knowing,
	profile,
	role,
	serviceRole,
	titles,
	withHost,
} from './known.ts';
import { caseWith, failedHost, goodHost, hostA, hostB, type Told, told } from './support.ts';

/** What is found out about hosts and account sharpens what CodeDeploy says; what is not known changes nothing. */

describe('a bundle that S3 refuses', () => {
	const refused: Told = { event: 'DownloadBundle', message: 'Access Denied' };
	const encrypted = {
		bundle: { answer: { ...head, encryption: { algorithm: 'aws:kms', kmsKeyArn: keyArn } } },
	} as const;
	const found = (known: HostKnowledge, account: Partial<Knowledge> = {}) =>
		diagnose(caseWith([failedHost(hostA, refused)], {}, { knowledge: knowing(known, account) }));
	const may = (...decisions: ReturnType<typeof decision>[]): HostKnowledge => ({
		profile: { answer: profile },
		access: { answer: decisions },
	});

	test('for want of a permission is told with its name', () => {
		const [finding] = found(may(decision('s3:GetObject', 'denied')));
		expect(finding).toMatchObject({ cause: 's3-access-denied', title: "The host's role lacks s3:GetObject" });
		expect(finding?.remedy.commands.join('\n')).toContain('aws iam put-role-policy --role-name web');
	});
	test('because of its key is told so', () => {
		const known = may(decision('s3:GetObject', 'allowed'), decision('kms:Decrypt', 'denied'));
		const [finding, ...others] = found(known, encrypted);
		expect(others).toEqual([]);
		expect(finding).toMatchObject({ cause: 'kms-access-denied', title: "The host's role lacks kms:Decrypt" });
		expect(finding?.evidence.map(({ text }) => text)).toContain(keyArn);
	});
	test('is not blamed on a key that it is not encrypted with', () => {
		const known = may(decision('s3:GetObject', 'allowed'), decision('kms:Decrypt', 'denied'));
		expect(found(known)[0]?.cause).toBe('s3-access-denied');
		expect(found(known, { bundle: { answer: head } })[0]?.title).toBe(
			'S3 refuses the bundle, though the role may read it',
		);
	});
	test('for want of both names both', () => {
		const known = may(decision('s3:GetObject', 'denied'), decision('kms:Decrypt', 'denied'));
		const [finding] = found(known, encrypted);
		expect(finding?.cause).toBe('s3-access-denied');
		expect(finding?.remedy.steps[0]).toBe('Allow s3:GetObject and kms:Decrypt to the role of the host.');
	});
	test('because it is not there is told so', () => {
		const gone = { bundle: { answer: { type: 'missing', what: 'object', deleted: false } } } as const;
		expect(told(found({}, gone))).toEqual(['s3-no-such-key: likely']);
		expect(found(may(decision('s3:GetObject', 'denied')), gone)[0]?.cause).toBe('s3-access-denied');
	});
	test('is as it was where nothing more is known', () => {
		expect(titles(found({}))).toEqual(['s3-access-denied: S3 refuses the bundle to the host']);
		expect(told(found({ access: { unanswered: 'no', needs: 'iam:SimulatePrincipalPolicy' } }))).toEqual([
			's3-access-denied: likely',
		]);
	});
	test('stands for other hosts that were refused', () => {
		const hosts = [failedHost(hostA, refused), failedHost(hostB, refused)];
		const [finding, ...others] = diagnose(
			caseWith(hosts, {}, { knowledge: knowing(may(decision('s3:GetObject', 'denied'))) }),
		);
		expect(others).toEqual([]);
		expect(finding).toMatchObject({ targets: [hostA, hostB], confidence: 'likely' });
		expect(finding?.why).toContain(`Only ${hostA} was looked at; the other one failed in the same way.`);
	});
});

describe('an archive that cannot be unpacked', () => {
	const unpack: Told = { event: 'DownloadBundle', message: 'Error extracting tar archive: 2' };
	const tgz = { revision: { type: 's3', bucket: 'b', key: 'a.tgz', bundleType: 'tgz' } } as const;
	const used = (usedPercent: number): HostKnowledge => ({
		disk: { answer: [{ mount: '/', of: 'space', usedPercent }] },
	});

	test.each<[number, readonly string[]]>([
		[100, ['no-space-left: likely']],
		[95, ['no-space-left: likely']],
		[93, ['unknown-failure: possible', 'bundle-corrupt: possible', 'no-space-left: possible']],
		[41, ['bundle-corrupt: likely']],
	])('on a disk that is %i %% full', (percent, findings) => {
		expect(told(withHost(unpack, used(percent), {}, tgz))).toEqual(findings);
	});
	test('and that others unpacked is sound, whatever the disk shows now', () => {
		const of = caseWith([failedHost(hostA, unpack), goodHost(hostB)], tgz, { knowledge: knowing(used(41)) });
		expect(told(diagnose(of))).toEqual(['no-space-left: likely']);
	});
	test('is empty', () => {
		const known = knowing({}, { bundle: { answer: { type: 'found', size: 0 } } });
		expect(told(diagnose(caseWith([failedHost(hostA, unpack)], tgz, { knowledge: known })))).toEqual([
			'bundle-corrupt: likely',
		]);
	});
});

describe('the service role', () => {
	const having = (answer: typeof serviceRole | 'nothing'): Partial<DiagnosisCase> => ({
		knowledge: { hosts: new Map(), serviceRole: { answer } },
	});
	const lacking = {
		...serviceRole,
		decisions: [decision('ec2:DescribeInstances', 'denied'), decision('tag:GetResources', 'denied')],
	};
	const error = {
		code: 'IAM_ROLE_PERMISSIONS',
		message:
			'The IAM role x does not give you permission to perform operations in the following AWS service: AmazonEC2.',
	};

	test('is told with what it lacks', () => {
		const [finding, ...others] = diagnose(caseWith([], { error }, having(lacking)));
		expect(others).toEqual([]);
		expect(finding).toMatchObject({
			cause: 'service-role-permissions',
			title: 'The service role lacks ec2:DescribeInstances and 1 more',
			why: 'The service role does not allow ec2:DescribeInstances, tag:GetResources.',
		});
	});
	test('that is not there is missing, whatever the code says', () => {
		expect(told(diagnose(caseWith([], { error }, having('nothing'))))).toEqual([
			'service-role-missing: certain',
		]);
	});
	test('that CodeDeploy may not assume is told so', () => {
		const mistrusted = { ...serviceRole, role: role('CodeDeployServiceRole', 'ec2') };
		const [finding] = diagnose(caseWith([], { error }, having(mistrusted)));
		expect(finding?.title).toBe('CodeDeploy may not assume the service role');
		expect(finding?.remedy.commands.join('\n')).toContain('aws iam update-assume-role-policy');
	});
	test('explains traffic that is not moved, of which nobody says a word', () => {
		const blind = { ...serviceRole, decisions: [decision('elasticloadbalancing:RegisterTargets', 'denied')] };
		expect(
			titles(diagnose(caseWith([failedHost(hostA, { event: 'AllowTraffic' })], {}, having(blind))))[0],
		).toBe('service-role-permissions: The service role may not register hosts');
		expect(
			told(diagnose(caseWith([failedHost(hostA, { event: 'BlockTraffic' })], {}, having(blind))))[0],
		).toBe('load-balancer-deregistration: likely');
	});
	test('that lacks something nobody complained of is told last, as a warning', () => {
		const denied = failedHost(hostA, { event: 'DownloadBundle', message: 'Access Denied' });
		const findings = diagnose(caseWith([denied], {}, having(lacking)));
		expect(told(findings)).toEqual(['s3-access-denied: likely', 'service-role-permissions: likely']);
		expect(findings[1]?.severity).toBe('warning');
		expect(diagnose(caseWith([goodHost(hostA)], { status: 'Succeeded' }, having(lacking)))).toEqual([]);
	});
});

describe('hosts that CodeDeploy still waits for', () => {
	const running = (id: string, more: readonly string[] = []) =>
		target(id, 'InProgress', [
			...more.map(name => event(name, 'Succeeded')),
			event('AfterInstall', 'InProgress'),
		]);
	const waiting = (known: HostKnowledge, hosts = [running(hostA)]) =>
		diagnose(caseWith(hosts, { status: 'InProgress' }, { knowledge: knowing(known) }));

	test('and that cannot answer are told before it gives them up', () => {
		const [finding, ...others] = waiting({ instance: { answer: instance({ state: 'terminated' }) } }, [
			running(hostA, ['BeforeInstall']),
			running(hostB),
		]);
		expect(others).toEqual([]);
		expect(finding).toMatchObject({ cause: 'instance-terminated', severity: 'warning', targets: [hostA] });
		expect(finding?.why).toContain('CodeDeploy still waits for 1 such host');
		expect(told(waiting({ service: { answer: { state: 'not-installed' } } }))).toEqual([
			'agent-unreachable: likely',
		]);
		expect(told(waiting({ instance: { answer: instance({ state: 'stopped' }) } }))).toEqual([
			'instance-stopped: likely',
		]);
	});
	test('and that are well, or only starting, are not told of', () => {
		expect(waiting(healthyHost)).toEqual([]);
		expect(waiting({ service: { answer: { state: 'starting' } } })).toEqual([]);
		expect(waiting({ service: { answer: { state: 'running', enabled: false } } })).toEqual([]);
		expect(waiting({ instance: { answer: instance() } })).toEqual([]);
		expect(waiting({})).toEqual([]);
	});
	test('are no longer waited for once it has ended', () => {
		const known = knowing({ instance: { answer: instance({ state: 'terminated' }) } });
		expect(diagnose(caseWith([running(hostA)], { status: 'Succeeded' }, { knowledge: known }))).toEqual([]);
	});
});
