import type { ClientConfig } from './session.ts';

/** The services, each imported when the first call to it is made. */

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

export const ec2Sdk = {
	name: 'ec2' as const,
	load: () => import('./sdk-ec2.ts'),
	createClient: (sdk: typeof import('./sdk-ec2.ts'), config: ClientConfig) =>
		withoutLogger(new sdk.EC2Client(config)),
};

export const ssmSdk = {
	name: 'ssm' as const,
	load: () => import('./sdk-ssm.ts'),
	createClient: (sdk: typeof import('./sdk-ssm.ts'), config: ClientConfig) =>
		withoutLogger(new sdk.SSMClient(config)),
};

export const logsSdk = {
	name: 'logs' as const,
	load: () => import('./sdk-logs.ts'),
	createClient: (sdk: typeof import('./sdk-logs.ts'), config: ClientConfig) =>
		withoutLogger(new sdk.CloudWatchLogsClient(config)),
	numericTimes: ['startTime', 'endTime', 'timestamp', 'ingestionTime'],
};

export const iamSdk = {
	name: 'iam' as const,
	load: () => import('./sdk-iam.ts'),
	createClient: (sdk: typeof import('./sdk-iam.ts'), config: ClientConfig) =>
		withoutLogger(new sdk.IAMClient(config)),
};

export const loadBalancingSdk = {
	name: 'elasticloadbalancing' as const,
	load: () => import('./sdk-load-balancing.ts'),
	createClient: (sdk: typeof import('./sdk-load-balancing.ts'), config: ClientConfig) =>
		withoutLogger(new sdk.ElasticLoadBalancingV2Client(config)),
};

export const s3Sdk = {
	name: 's3' as const,
	load: () => import('./sdk-s3.ts'),
	createClient: (sdk: typeof import('./sdk-s3.ts'), config: ClientConfig) =>
		// The name of a bucket in front of an endpoint of one's own, `bucket.localhost`, leads nowhere.
		withoutLogger(new sdk.S3Client({ ...config, ...(hasOwnEndpoint(config) && { forcePathStyle: true }) })),
};

const hasOwnEndpoint = ({ endpoint }: ClientConfig): boolean =>
	(endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined;

type Stack = { readonly middlewareStack: { remove(name: string): boolean } };

/** Copying every answer for a log that nobody keeps costs a fifth of the call. */
function withoutLogger<Client extends Stack>(client: Client): Client {
	client.middlewareStack.remove('loggerMiddleware');
	return client;
}
