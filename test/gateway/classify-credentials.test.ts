import { describe, expect, test } from 'vitest';
import { classify } from '../../src/gateway/aws/classify.ts';
import type { FailureKind } from '../../src/gateway/failure.ts';

describe('the credential chain', () => {
	test.each<[name: string, message: string, kind: FailureKind]>([
		['CredentialsProviderError', 'Could not load credentials from any providers', 'credentials'],
		[
			'CredentialsProviderError',
			'Token is expired. To refresh this SSO session run aws sso login with the corresponding profile.',
			'expired',
		],
		['CredentialsProviderError', 'The SSO session associated with this profile has expired.', 'expired'],
		['CredentialsProviderError', 'UnauthorizedException: Session token not found or invalid', 'expired'],
		['CredentialsProviderError', 'Your session has expired. Please reauthenticate.', 'expired'],
		[
			'CredentialsProviderError',
			'Failed to load a token for session x, please re-authenticate using aws login',
			'expired',
		],
		[
			'TokenProviderError',
			"Value not present for 'accessToken' in SSO Token. To refresh this SSO session run 'aws sso login'",
			'expired',
		],
		['CredentialsProviderError', 'ForbiddenException: No access', 'credentials'],
		['ProviderError', 'Unable to connect to instance metadata service', 'credentials'],
	])('%s: %s', (name, message, kind) => {
		const error = Object.assign(new Error(message), { name, code: 'ECONNREFUSED' });
		expect(classify(error, 'X').details).toMatchObject({ kind, code: name });
	});

	test.each<[message: string, kind: FailureKind, code: string, detail: string]>([
		['Error: getaddrinfo ENOTFOUND sts.test', 'network', 'ENOTFOUND', 'getaddrinfo ENOTFOUND sts.test'],
		['TimeoutError: connect ETIMEDOUT 10.0.0.1', 'network', 'TimeoutError', 'connect ETIMEDOUT 10.0.0.1'],
		['TimeoutError: no answer', 'network', 'TimeoutError', 'no answer'],
		['ProxyError: the proxy p:1 says no', 'network', 'ERR_PROXY_TUNNEL', 'the proxy p:1 says no'],
		[
			'Profile x requires multi-factor authentication, but no MFA code callback was provided.',
			'credentials',
			'MfaRequired',
			'Profile x requires multi-factor authentication, but no MFA code callback was provided.',
		],
	])('tells the error within: %s', (message, kind, code, detail) => {
		const error = Object.assign(new Error(message), { name: 'CredentialsProviderError' });
		expect(classify(error, 'X').details).toEqual({ kind, operation: 'X', code, detail });
	});
});
