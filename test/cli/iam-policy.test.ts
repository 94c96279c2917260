import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
	type IamPolicy,
	iamPolicy,
	type PolicyFeature,
	policyFeatures,
	policyTable,
} from '../../src/cli/iam-policy.ts';
import { operations } from '../../src/monitor/watch.ts';
import { Lab } from './lab.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

/** How IAM calls the services whose packages have another name. */
const services: Readonly<Record<string, string>> = {
	'cloudwatch-logs': 'logs',
	'elastic-load-balancing-v2': 'elasticloadbalancing',
};

/** Where an operation is not allowed by an action of its own name (AWS: Service Authorization Reference). */
const exceptions: Readonly<Record<string, readonly string[]>> = {
	's3:HeadObject': ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
	// A revision that is not known yet is registered by it.
	'codedeploy:CreateDeployment': ['codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision'],
	// Needs no permission.
	'sts:GetCallerIdentity': [],
};

/** `service:Operation` for every command of the SDK that a gateway can send. */
function commandsOfTheSdk(): readonly string[] {
	const folder = path.join(root, 'src/gateway/aws');
	return readdirSync(folder)
		.filter(name => /^sdk-.*\.ts$/.test(name))
		.flatMap(name => {
			const text = readFileSync(path.join(folder, name), 'utf8');
			const service = /@aws-sdk\/client-([\w-]+)'/.exec(text)?.[1] ?? '';
			return [...text.matchAll(/\b(\w+?)Command\b(?=\s*[,}])/g)].map(
				([, operation]) => `${services[service] ?? service}:${operation}`,
			);
		});
}

const needed = (operation: string): readonly string[] => exceptions[operation] ?? [operation];
const actionsOf = ({ Statement }: IamPolicy): readonly string[] => Statement.flatMap(({ Action }) => Action);
const sorted = (words: Iterable<string>): readonly string[] => [...new Set(words)].sort();

/** Called by the AWS CLI and its plugin, not by this program. */
const others: readonly PolicyFeature[] = ['shell'];
const own = policyFeatures.filter(feature => !others.includes(feature));

describe('the policies', () => {
	test('allow what the gateways can send, and nothing else', () => {
		const commands = commandsOfTheSdk();
		expect(commands.length).toBeGreaterThan(30);
		expect(commands).toContain('ssm:CancelCommand');
		expect(sorted(actionsOf(iamPolicy(own)))).toEqual(sorted(commands.flatMap(needed)));
	});

	test('allow every operation of the engine', () => {
		const asked = Object.entries(operations).map(([operation, service]) => `${service}:${operation}`);
		const allowed = new Set(actionsOf(iamPolicy(own)));
		expect(asked.flatMap(needed).filter(action => !allowed.has(action))).toEqual([]);
	});

	test.each(['watch', 'fleet', 'logs', 'doctor', 'preflight'] as const)(
		'for %s change nothing but by commands to hosts',
		feature => {
			const changing = actionsOf(iamPolicy([feature])).filter(
				action => !/:(?:Get|List|Describe|BatchGet|Filter|Simulate)/.test(action),
			);
			const sends = feature === 'logs' || feature === 'doctor';
			expect(sorted(changing)).toEqual(sends ? ['ssm:CancelCommand', 'ssm:SendCommand'] : []);
		},
	);

	test('let commands be sent by two documents only, and never by a document to everything', () => {
		for (const { Action, Resource } of iamPolicy(policyFeatures).Statement) {
			if (!Action.includes('ssm:SendCommand')) continue;
			expect(Action).toEqual(['ssm:SendCommand']);
			expect(Resource.filter(arn => arn.includes('document')).sort()).toEqual([
				'arn:aws:ssm:*::document/AWS-RunPowerShellScript',
				'arn:aws:ssm:*::document/AWS-RunShellScript',
			]);
			expect(Resource).not.toContain('*');
		}
	});

	test('have statements with ids of their own, in letters and digits, however they are put together', () => {
		for (const features of [policyFeatures, ...policyFeatures.map(feature => [feature] as const)]) {
			const sids = iamPolicy(features).Statement.map(({ Sid }) => Sid);
			expect(new Set(sids).size).toBe(sids.length);
			for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
		}
	});

	test('that are put together say nothing twice, whatever the order', () => {
		const both = iamPolicy(['doctor', 'logs', 'doctor']);
		expect(both).toEqual(iamPolicy(['logs', 'doctor']));
		const contents = both.Statement.map(({ Action, Resource }) => JSON.stringify([Action, Resource]));
		expect(new Set(contents).size).toBe(contents.length);
		expect(sorted(actionsOf(both))).toEqual(
			sorted([...actionsOf(iamPolicy(['logs'])), ...actionsOf(iamPolicy(['doctor']))]),
		);
	});

	test('fit what AWS takes for a managed policy', () => {
		for (const features of [policyFeatures, ...policyFeatures.map(feature => [feature] as const)]) {
			expect(JSON.stringify(iamPolicy(features)).length).toBeLessThan(6144);
		}
	});
});

describe('where they are', () => {
	test.each(policyFeatures)('policies/%s.json is the one of the table', feature => {
		expect(JSON.parse(read(`policies/${feature}.json`))).toEqual(iamPolicy([feature]));
	});

	test('the folder holds no others', () => {
		expect(readdirSync(path.join(root, 'policies')).sort()).toEqual(
			policyFeatures.map(name => `${name}.json`).sort(),
		);
	});

	test('the README tells them', () => {
		const block = /<!-- policies -->\n(?<table>[\s\S]*?)\n<!-- \/policies -->/.exec(read('README.md'));
		expect(block?.groups?.table).toBe(policyTable());
	});

	test('rollcall iam-policy prints one policy for all that is named, without asking AWS', async () => {
		await using lab = new Lab();
		const { exitCode, stdout, stderr } = await lab.run(['iam-policy', '--for', 'act,watch']);
		expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
		expect(JSON.parse(stdout)).toEqual(iamPolicy(['watch', 'act']));
	});
});
