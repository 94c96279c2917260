import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, onTestFinished, test } from 'vitest';
import { openSimulator, testCredentials } from '../support.ts';

test('GetCallerIdentity through the SDK, and its errors in XML', async () => {
	const { sim } = await openSimulator('healthy');
	const sts = new STSClient({
		endpoint: sim.url,
		region: sim.region,
		credentials: testCredentials,
		maxAttempts: 1,
	});
	onTestFinished(() => sts.destroy());
	expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
		Account: '123456789012',
		Arn: 'arn:aws:sts::123456789012:assumed-role/ReleaseEngineer/on-call',
		UserId: expect.any(String),
	});
	sim.inject({ type: 'expiredCredentials' });
	await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
});
