import { registerHooks } from 'node:module';
import { afterAll, expect, test, vi } from 'vitest';
import { asDeploymentId, type InstanceId } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/lib/clock.ts';

const imported: string[] = [];
const hooks = registerHooks({
	resolve(specifier, context, next) {
		imported.push(specifier);
		return next(specifier, context);
	},
});
afterAll(() => hooks.deregister());

/** The packages of the SDK that anything has asked for, by name or by file. */
const sdkPackages = () =>
	new Set(imported.flatMap(name => /@(?:aws-sdk|smithy)\/[a-z0-9-]+/.exec(name)?.[0] ?? []));

test('no module of the SDK is loaded before the first call, and then only the service that is called', async () => {
	const { connectAws } = await import('../../src/gateway/aws/connect.ts');
	const { openGate } = await import('../../src/gateway/call-gate.ts');
	const { gateways, close } = connectAws({ clock: systemClock, gate: openGate });
	expect(sdkPackages()).toEqual(new Set());

	// Nothing to connect to: what matters is what was loaded to try.
	vi.stubEnv('AWS_REGION', undefined);
	vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
	vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config');
	const { signal } = new AbortController();
	await expect(
		gateways.codeDeploy.getDeployment(asDeploymentId('d-75I7MBT7C'), signal),
	).rejects.toMatchObject({
		details: { code: 'NoRegion' },
	});
	const clients = () => [...sdkPackages()].filter(name => name.startsWith('@aws-sdk/client-'));
	expect(clients()).toEqual(['@aws-sdk/client-codedeploy']);

	const id = 'i-00251908fcdce4b31' as InstanceId;
	const { alarms, identity, hosts, commands, logs, access, bundles } = gateways;
	const firstCalls: readonly (readonly [client: string, call: () => Promise<unknown>])[] = [
		['client-cloudwatch', () => alarms.describeAlarms(['a'], signal)],
		['client-sts', () => identity.getCallerIdentity(signal)],
		['client-ec2', () => hosts.describeInstances([id], signal)],
		['client-ssm', () => commands.run(id, { kind: 'disk', platform: 'linux' }, signal)],
		['client-cloudwatch-logs', () => logs.tail({ source: 'agent', instanceId: id, from: 0 }, signal)],
		['client-iam', () => access.getRole('hosts', signal)],
		['client-s3', () => bundles.head({ bucket: 'releases', key: 'k' }, signal)],
	];
	for (const [client, call] of firstCalls) {
		const before = clients();
		await expect(call()).rejects.toThrow();
		expect(clients().filter(name => !before.includes(name))).toEqual([`@aws-sdk/${client}`]);
	}
	close();
	vi.unstubAllEnvs();
});
