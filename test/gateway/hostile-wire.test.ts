import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { GatewayFailure } from '../../src/gateway/failure.ts';
import type { AllGateways } from '../../src/gateway/investigation.ts';
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';
import { ec2Error, queryError, type StubAnswer, s3Error, xmlAnswer } from '../support/stub-aws.ts';
import { hostileFragments } from '../support/text-arbitraries.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';
import { expectClean } from './mangled.ts';
import { host, id, named, others } from './questions.ts';
import { wholeAnswer, withText, written } from './whole-answers.ts';

/** Each text of each answer in turn is hostile, and comes through the real SDK: names and ids as well as messages. */

const stub = stubAwsForEachTest();

/** What does harm first, and then what takes the rest of the line with it. */
const hostile = `web ${[...hostileFragments].reverse().join('·')}`;

const outcomeOf = (promise: Promise<unknown>) =>
	promise.catch((error: unknown) =>
		error instanceof GatewayFailure ? { failed: { ...error.details } } : Promise.reject(error),
	);

/** What is only handed back to CloudWatch is left as it was. */
const shownOf = (outcome: unknown): unknown =>
	JSON.parse(JSON.stringify(outcome, (name, value) => (name === 'query' ? undefined : value)) ?? 'null');

/** Of what only one of is filled in, the first there is counts: the others take answers of their own. */
const instead: readonly (readonly [operation: string, without: readonly string[]])[] = [
	['GetDeployment', ['s3Location']],
	['GetDeployment', ['s3Location', 'gitHubLocation']],
	['BatchGetDeploymentTargets', ['instanceTarget']],
	['BatchGetDeploymentTargets', ['instanceTarget', 'ecsTarget']],
	['GetApplicationRevision', ['s3Location', 'gitHubLocation']],
	['DescribeAlarms', ['MetricName', 'Dimensions', 'CompositeAlarms']],
	['BatchGetOnPremisesInstances', ['iamSessionArn']],
	['SimulatePrincipalPolicy', ['ResourceSpecificResults', 'MissingContextValues']],
];
const answers = [...named.map(([operation]) => [operation, []] as const), ...instead];
const questionOf = new Map(named.map(each => [each[0], each]));

/** Texts by which an answer is told from another. */
let read = 0;

describe('a text counts as it is seen, or not at all', () => {
	test.each(answers)('%s without %j', async (name, without) => {
		const question = questionOf.get(name);
		if (!question) throw new Error(`${name} is not asked`);
		const [operation, schema, wire, ask] = question;
		const { value, texts } = wholeAnswer(schema, wire, without);
		const { gateways } = stub.connect({ maxAttempts: 1, logNames: { agent: ['agent-log'] } });
		const tell = async (answer: unknown): Promise<unknown> => {
			const other = others[operation];
			if (other) stub.aws.answer(...other);
			const raw = written(schema, answer, wire);
			stub.aws.answer(operation, wire === 'json' ? { raw } : xmlAnswer(raw));
			const outcome = await outcomeOf(ask(gateways));
			expectClean(outcome);
			return shownOf(outcome);
		};
		const plain = await tell(value);
		for (const path of texts) {
			const wild = await tell(withText(value, path, hostile));
			if (isDeepStrictEqual(wild, plain)) continue;
			read += 1;
			let isTame = false;
			for (const text of [sanitizeText(hostile), sanitizeLine(hostile), null]) {
				isTame ||= isDeepStrictEqual(wild, await tell(withText(value, path, text)));
			}
			expect(isTame, `${path.join('.')}: ${JSON.stringify(wild)}`).toBe(true);
		}
	});

	test('most of what is shown has been among them', () => {
		expect(read).toBeGreaterThan(170);
	});
});

/** A header can hold no control but those above the ASCII ones. */
const inHeader = 'v\x9b2J\x9d0;title\x9c\xad1';

test('the headers of S3 count as they are seen too', async () => {
	const { bundles } = stub.connect({ maxAttempts: 1 }).gateways;
	const headers = {
		etag: `"${inHeader}"`,
		'x-amz-version-id': inHeader,
		'x-amz-server-side-encryption': inHeader,
		'x-amz-server-side-encryption-aws-kms-key-id': inHeader,
	};
	stub.aws.answer('HeadObject', { status: 200, headers, raw: '' });
	expect(await bundles.head({ bucket: 'releases', key: 'a.zip' }, never)).toMatchObject({
		eTag: sanitizeLine(inHeader),
		version: sanitizeLine(inHeader),
		encryption: { algorithm: sanitizeLine(inHeader), kmsKeyArn: sanitizeLine(inHeader) },
	});
	stub.aws.answer('HeadObject', { status: 301, headers: { 'x-amz-bucket-region': inHeader }, raw: '' });
	expect(await bundles.head({ bucket: 'releases', key: 'a.zip' }, never)).toEqual({
		type: 'elsewhere',
		region: sanitizeLine(inHeader),
	});
	stub.aws.answer('HeadObject', { status: 404, raw: '' });
	const location =
		'<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu&#27;[2J&#x202e;-west-9</LocationConstraint>';
	stub.aws.answer('GetBucketLocation', xmlAnswer(location));
	expect(await bundles.head({ bucket: 'releases', key: 'a.zip' }, never)).toMatchObject({
		region: 'eu-west-9',
	});
});

describe('a failure is told as it is seen', () => {
	const entities = (text: string) => text.replace(/[^\x20-\x7e]|[&<>]/g, sign => `&#${sign.charCodeAt(0)};`);
	const said = `no${hostileFragments.filter(text => !/[\r\n]|never|\ud800|\udc00/.test(text)).join('')}thing`;
	const code = 'Bad\u001b[2J\u009b31m\u202e\u200bName';
	const requestId = { 'x-amzn-requestid': inHeader, 'x-amz-request-id': inHeader };

	test.each<[string, string, StubAnswer, (gateways: AllGateways) => Promise<unknown>]>([
		[
			'JSON',
			'GetDeployment',
			{ status: 400, headers: requestId, body: { __type: `x#${code}`, message: said } },
			aws => aws.codeDeploy.getDeployment(id, never),
		],
		[
			'the XML of EC2',
			'DescribeInstances',
			ec2Error(entities(code), entities(said)),
			aws => aws.hosts.describeInstances([host], never),
		],
		[
			'the XML of IAM, STS and load balancers',
			'GetRole',
			queryError(entities(code), entities(said)),
			aws => aws.access.getRole('web', never),
		],
		[
			'the XML of S3',
			'GetObject',
			s3Error(entities(code), entities(said)),
			aws => aws.bundles.read({ bucket: 'releases', key: 'a.zip' }, { from: 0, length: 10 }, never),
		],
	])('in %s', async (_, operation, answer, ask) => {
		stub.aws.answer(operation, answer);
		const { details } = await failureOf(ask(stub.connect({ maxAttempts: 1 }).gateways));
		expectClean({ ...details });
		expect(details.code).toBe(sanitizeLine(code));
		expect(details.detail).toContain('42 numbers');
	});
});
