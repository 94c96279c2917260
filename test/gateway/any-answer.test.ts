import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GatewayFailure } from '../../src/gateway/failure.ts';
import { xmlAnswer } from '../support/stub-aws.ts';
import { never, stubAwsForEachTest } from './harness.ts';
import { expectClean, isRecord } from './mangled.ts';
import { type Ask, named, order, others, questions, tags } from './questions.ts';
import { answerTo, knownWords, text, type WireAnswer } from './schema-answers.ts';

const stub = stubAwsForEachTest();

const known: ReadonlySet<string> = new Set(knownWords);

/** Where the domain has words of AWS's enumerations, rather than text. */
const wordFields = new Set([
	'status',
	'state',
	'platform',
	'type',
	'label',
	'events',
	'instance',
	'from',
	'to',
	'greenFleet',
	'onReadyTimeout',
	'onSuccess',
	'fileExistsBehavior',
	'deploymentMode',
	'bundleType',
	'comparison',
]);

/** The known words that an outcome has where they count. */
function wordsIn(value: unknown, field = ''): readonly string[] {
	if (typeof value === 'string') return wordFields.has(field) && known.has(value) ? [value] : [];
	if (Array.isArray(value)) return value.flatMap(item => wordsIn(item, field));
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([name, item]) => wordsIn(item, name));
}

const outcomeOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

function expectHarmless(outcome: unknown, { texts }: WireAnswer): void {
	if (outcome instanceof Error) {
		expect(outcome).toBeInstanceOf(GatewayFailure);
		expectClean({ ...(outcome as GatewayFailure).details });
		return;
	}
	expectClean(outcome);
	for (const shown of wordsIn(outcome)) expect(texts).toContain(shown);
}

const runs = 25;
let understood = 0;

describe('whatever answers, nothing but a failure or safe text comes out, and no word that AWS has not said', () => {
	test.each(named)('%s', async (operation, schema, wire, ask) => {
		const { gateways } = stub.connect({ maxAttempts: 1, logNames: { agent: ['agent-log'] } });
		await fc.assert(
			fc.asyncProperty(answerTo(schema, wire), async answer => {
				const other = others[operation];
				if (other) stub.aws.answer(...other);
				stub.aws.answer(operation, wire === 'json' ? { raw: answer.raw } : xmlAnswer(answer.raw));
				const outcome = await outcomeOf(ask(gateways));
				expectHarmless(outcome, answer);
				if (!(outcome instanceof Error)) understood += 1;
			}),
			{ numRuns: runs },
		);
	});

	test('most answers are understood all the same', () => {
		expect(understood).toBeGreaterThan((questions.length * runs) / 2);
	});
});

describe('whatever is refused, it is a failure that can be told', () => {
	const anyError = fc.record(
		{ __type: text, code: text, Code: text, message: text, Message: text, $fault: text, name: text },
		{ requiredKeys: [] },
	);
	const body = fc.oneof(
		anyError.map(fields => JSON.stringify(fields)),
		fc
			.tuple(text, text)
			.map(
				([code, message]) =>
					`<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
			),
		text,
	);
	const status = fc.constantFrom(200, 204, 301, 400, 401, 403, 404, 409, 413, 429, 500, 503, 599);

	test.each<[what: string, operation: string, ask: Ask]>([
		['in JSON', 'CreateDeployment', aws => aws.codeDeploy.createDeployment(order, never)],
		['in XML', 'DescribeTargetGroups', aws => aws.loadBalancers.targetHealth('web', never)],
		['in XML of EC2', 'DescribeInstances', aws => aws.hosts.findInstances({ tags }, never)],
	])('%s', async (_, operation, ask) => {
		const { gateways } = stub.connect({ maxAttempts: 1 });
		await fc.assert(
			fc.asyncProperty(status, body, async (code, raw) => {
				stub.aws.answer(operation, { status: code, raw });
				const outcome = await outcomeOf(ask(gateways));
				expectHarmless(outcome, { raw, texts: new Set() });
				if (code >= 400) expect(outcome).toBeInstanceOf(GatewayFailure);
			}),
			{ numRuns: 60 },
		);
	});
});
