import { createHash } from 'node:crypto';
import { allow, awsManagedPolicies, policy, trust } from '../data/managed-policies.ts';
import type { Role, StoredObject } from '../world/account.ts';
import { between, drawText } from '../world/chance.ts';
import type { PolicyDocument } from '../world/policy.ts';
import type { Revision } from '../world/revision.ts';
import type { World } from '../world/world.ts';
import type { AccountPlant, GroupScript, GroupStory } from './scenario.ts';

export const serviceRoleName = 'CodeDeployServiceRole';

/** The role of a group's machines, and the instance profile that carries it. */
export function instanceRoleName({ application }: GroupScript): string {
	return `${application}-instance`;
}

/** A role from before the bundles were moved, which some machines still have: it may not read them. */
export function legacyRoleName({ application }: GroupScript): string {
	return `${application}-legacy`;
}

const bucketName = 'acme-artifacts';
const hourMs = 3_600_000;
const rolesSince = Date.UTC(2025, 2, 3, 8, 12);
const upperCase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Builds the roles, policies and buckets around the fleets; a second time, they take the place of the first. */
export function buildAccount(world: World, stories: readonly GroupStory[], plant: AccountPlant = {}): void {
	world.account.shipsLogs = plant.keepsLogsOnHosts !== true;
	buildPolicies(world, plant);
	for (const { group } of stories) buildInstanceRoles(world, group, plant);
	buildServiceRole(
		world,
		stories.map(({ group }) => group),
		plant,
	);
	buildBuckets(world, stories, plant);
}

function buildPolicies(world: World, plant: AccountPlant): void {
	const { managedPolicies } = world.account;
	const createdAt = Date.UTC(2019, 4, 14, 9, 30);
	for (const { name, path, document } of awsManagedPolicies) {
		const arn = `arn:aws:iam::aws:policy${path}${name}`;
		managedPolicies.set(arn, { name, path, arn, document, createdAt, id: drawId(world, 'ANPA', name) });
	}
	const name = 'acme-deploy-agent';
	managedPolicies.set(agentPolicyArn(world), {
		name,
		path: '/',
		arn: agentPolicyArn(world),
		id: drawId(world, 'ANPA', name),
		createdAt,
		document: permit(['codedeploy-commands-secure:*'], ['*'], plant),
	});
}

function agentPolicyArn({ accountId }: World): string {
	return `arn:aws:iam::${accountId}:policy/acme-deploy-agent`;
}

function buildInstanceRoles(world: World, group: GroupScript, plant: AccountPlant): void {
	buildInstanceRole(world, instanceRoleName(group), new Map([['read-bundles', readBundles(world, plant)]]));
	buildInstanceRole(world, legacyRoleName(group), new Map());
}

/** One for all groups. */
function buildServiceRole(world: World, groups: readonly GroupScript[], plant: AccountPlant): void {
	const { roles } = world.account;
	const policies = new Set(groups.map(({ deploysTo }) => servicePolicies[deploysTo.type]));
	roles.delete(serviceRoleName);
	if (plant.serviceRole === 'missing') return;
	const isPowerless = plant.serviceRole === 'powerless';
	roles.set(serviceRoleName, {
		name: serviceRoleName,
		id: drawId(world, 'AROA', serviceRoleName),
		createdAt: rolesSince,
		description: 'Lets CodeDeploy act for the team',
		trust: trust('codedeploy.amazonaws.com'),
		attached: isPowerless ? [] : [...policies].map(name => `arn:aws:iam::aws:policy${name}`),
		inline: new Map(isPowerless ? [['notify-only', allow(['sns:Publish'])]] : []),
	});
}

/** What AWS attaches to a role that somebody makes for CodeDeploy, by what is deployed to. */
const servicePolicies: Readonly<Record<GroupScript['deploysTo']['type'], string>> = {
	fleet: '/service-role/AWSCodeDeployRole',
	ecs: '/AWSCodeDeployRoleForECS',
	lambda: '/service-role/AWSCodeDeployRoleForLambda',
};

/** A role for machines, and the profile of the same name that carries it. */
function buildInstanceRole(world: World, name: string, inline: Role['inline']): void {
	const { roles, instanceProfiles } = world.account;
	const managed = ['AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy'];
	roles.set(name, {
		name,
		id: drawId(world, 'AROA', name),
		createdAt: rolesSince,
		description: 'What the machines of the team may do',
		trust: trust('ec2.amazonaws.com'),
		attached: [...managed.map(each => `arn:aws:iam::aws:policy/${each}`), agentPolicyArn(world)],
		inline,
	});
	const id = drawId(world, 'AIPA', name);
	instanceProfiles.set(name, { name, id, createdAt: rolesSince, roleName: name });
}

function readBundles({ region }: World, plant: AccountPlant): PolicyDocument {
	const buckets = [bucketName, `aws-codedeploy-${region}`].flatMap(name => [
		`arn:aws:s3:::${name}`,
		`arn:aws:s3:::${name}/*`,
	]);
	return permit(['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'], buckets, plant);
}

/** Leaves out what the plant takes away, and denies what it denies. */
function permit(
	actions: readonly string[],
	resources: readonly string[],
	{ instanceRoleLacks = [], instanceRoleDenied = [] }: AccountPlant,
): PolicyDocument {
	const service = actions[0]?.split(':')[0];
	const left = actions.filter(action => !instanceRoleLacks.includes(action));
	const denied = instanceRoleDenied.filter(action => action.split(':')[0] === service);
	return policy(
		{ Effect: 'Allow', Action: left, Resource: resources },
		...(denied.length > 0 ? [{ Effect: 'Deny', Action: denied, Resource: ['*'] } as const] : []),
	);
}

function buildBuckets(world: World, stories: readonly GroupStory[], plant: AccountPlant): void {
	const { accountId, region } = world;
	const bucketRegion = plant.bucketRegion ?? region;
	const key = 'key/7c1e2b9a-4d0f-4a6e-9b55-2f8d6a1c3e70';
	const bundles = stories.flatMap(({ history, rollouts }) => [...history, ...rollouts]);
	const objects = new Map(bundles.flatMap(stored));
	if (plant.isBundleMissing)
		for (const { rollouts } of stories)
			for (const { revision } of rollouts) objects.delete(keyOf(revision) ?? '');
	const deleted = new Set((plant.deletedBundles ?? []).flatMap(revision => keyOf(revision) ?? []));
	for (const key of deleted) objects.delete(key);
	world.account.buckets.set(bucketName, {
		name: bucketName,
		region: bucketRegion,
		kmsKeyArn: plant.isBucketEncrypted ? `arn:aws:kms:${bucketRegion}:${accountId}:${key}` : undefined,
		isClosed: false,
		objects,
		deleted,
	});
	// Somebody else's, for whoever tries a name.
	const closed = { name: 'acme-finance-archive', region, kmsKeyArn: undefined, isClosed: true };
	world.account.buckets.set(closed.name, { ...closed, objects: new Map(), deleted: new Set() });

	function stored({ revision, agoMs }: { revision: Revision; agoMs: number }): [string, StoredObject][] {
		const name = keyOf(revision);
		if (name === undefined) return [];
		const random = world.chance(`object ${name}`);
		const etag = createHash('md5').update(name).digest('hex');
		const size = Math.round(between(random, 40_000, 180_000));
		const drawn = drawText(random, `${upperCase}${upperCase.toLowerCase()}`, 32);
		const versionId = (revision.revisionType === 'S3' ? revision.s3Location.version : undefined) ?? drawn;
		const hourBefore = agoMs + hourMs;
		return [[name, { size, etag, versionId, modifiedAt: storyAt(world) - hourBefore }]];
	}
}

/** Bundles are uploaded before they are deployed, whenever this is reckoned. */
function storyAt({ clockwork }: World): number {
	return Math.floor(clockwork.now / 1000) * 1000;
}

function keyOf(revision: Revision): string | undefined {
	return revision.revisionType === 'S3' ? revision.s3Location.key : undefined;
}

function drawId(world: World, prefix: string, label: string): string {
	return `${prefix}${drawText(world.chance(`id ${label}`), upperCase, 17)}`;
}
