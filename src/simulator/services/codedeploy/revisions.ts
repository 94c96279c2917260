import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import { type Revision, revisionKey } from '../../world/revision.ts';
import type { World } from '../../world/world.ts';
import { pageOf } from '../paging.ts';
import { findApplication } from './lookups.ts';
import { readRevision } from './read-revision.ts';
import { revisionLocation, seconds } from './shapes.ts';

type UsedRevision = {
	readonly revision: Revision;
	readonly firstUsedAt: number;
	readonly lastUsedAt: number;
};

/** Oldest first use first, or as `sortBy` and `sortOrder` say. */
export const listApplicationRevisions: Operation = (input, { world }) => {
	const application = findApplication(world, input);
	const bucket = input.string('s3Bucket');
	const prefix = input.string('s3KeyPrefix');
	if (prefix !== undefined && bucket === undefined) {
		throw new ServiceError(
			'BucketNameFilterRequiredException',
			'A bucket name is required, but was not provided.',
		);
	}
	const by = input.string('sortBy') === 'lastUsedTime' ? 'lastUsedAt' : 'firstUsedAt';
	const all = usedRevisions(world, application.name).sort((a, b) => a[by] - b[by]);
	if (input.string('sortOrder') === 'descending') all.reverse();
	const { items, nextToken } = pageOf({
		all,
		keyOf: ({ revision }) => revisionKey(revision),
		matches: ({ revision }) => isInBucket(revision, bucket, prefix),
		pageSize: 100,
		scope: `revisions ${application.name}`,
		token: input.string('nextToken'),
	});
	return { revisions: items.map(({ revision }) => revisionLocation(revision)), nextToken };
};

/** The one read that returns the content of an AppSpec. */
export const getApplicationRevision: Operation = (input, { world }) => {
	const application = findApplication(world, input);
	const wanted = readRevision(input.structure('revision'));
	const used = usedRevisions(world, application.name).find(
		({ revision }) => revisionKey(revision) === revisionKey(wanted),
	);
	if (!used) throw new ServiceError('RevisionDoesNotExistException', 'The named revision does not exist.');
	const groups = [...application.groups.values()].filter(
		({ targetRevision }) => targetRevision && revisionKey(targetRevision) === revisionKey(wanted),
	);
	return {
		applicationName: application.name,
		revision: used.revision,
		revisionInfo: {
			deploymentGroups: groups.map(group => group.name),
			firstUsedTime: seconds(used.firstUsedAt),
			lastUsedTime: seconds(used.lastUsedAt),
			registerTime: seconds(used.firstUsedAt),
		},
	};
};

/** CreateDeployment registers what it deploys, so the deployments are the register. */
function usedRevisions(world: World, applicationName: string): UsedRevision[] {
	const used = new Map<string, UsedRevision>();
	for (const { group, revision, createdAt } of world.deployments.values()) {
		if (group.applicationName !== applicationName) continue;
		const key = revisionKey(revision);
		used.set(key, { revision, firstUsedAt: used.get(key)?.firstUsedAt ?? createdAt, lastUsedAt: createdAt });
	}
	return [...used.values()];
}

function isInBucket(revision: Revision, bucket: string | undefined, prefix = ''): boolean {
	if (bucket === undefined) return true;
	if (revision.revisionType !== 'S3') return false;
	return revision.s3Location.bucket === bucket && revision.s3Location.key.startsWith(prefix);
}
