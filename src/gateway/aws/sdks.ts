import type { ClientConfig } from './session.ts';

/** The three services, each imported when the first call to it is made. */

export const codeDeploySdk = {
	name: 'codedeploy' as const,
	load: () => import('./sdk-codedeploy.ts'),
	createClient: (sdk: typeof import('./sdk-codedeploy.ts'), config: ClientConfig) =>
		withoutLogger(new sdk.CodeDeployClient(config)),
};

export const cloudWatchSdk = {
	name: 'cloudwatch' as const,
	load: () => import('./sdk-cloudwatch.ts'),
	createClient: (sdk: typeof import('./sdk-cloudwatch.ts'), config: ClientConfig) =>
		withoutLogger(new sdk.CloudWatchClient(config)),
};

export const stsSdk = {
	name: 'sts' as const,
	load: () => import('./sdk-sts.ts'),
	createClient: (sdk: typeof import('./sdk-sts.ts'), config: ClientConfig) =>
		withoutLogger(new sdk.STSClient(config)),
};

type Stack = { readonly middlewareStack: { remove(name: string): boolean } };

/** Copying every answer for a log that nobody keeps costs a fifth of the call. */
function withoutLogger<Client extends Stack>(client: Client): Client {
	client.middlewareStack.remove('loggerMiddleware');
	return client;
}
