import { type DeploymentSnapshot, deploymentElapsedMs, hasEnded } from '../../domain/deployment.ts';
import { describeRevision } from '../../domain/revision.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { countsDocument, isoTime } from './fields.ts';
import type { CountsDocument, ProblemDocument } from './status-document.ts';

/** The version of `rollcall list --json`. */
const listSchema = 'rollcall/list/v1';

/** A place that was asked, and what it has answered. */
export type Listed = {
	readonly label: string;
	readonly region: string | undefined;
	readonly profile: string | undefined;
	readonly deployments: readonly DeploymentSnapshot[];
	/** Why it has not. */
	readonly problem: ProblemDocument | undefined;
};

/**
 * What `rollcall list --json` prints: schemas/list.schema.json describes it, and scripts depend on it. Every field is
 * always there; what does not apply is null. Times are ISO 8601, in UTC.
 */
export type ListDocument = {
	readonly schema: typeof listSchema;
	readonly at: string;
	/** The newest first. */
	readonly deployments: readonly DeploymentDocument[];
	/** The places that were asked. What one of them could not tell is missing above. */
	readonly contexts: readonly {
		readonly label: string;
		readonly region: string | null;
		readonly profile: string | null;
		readonly problem: ProblemDocument | null;
	}[];
};

export type DeploymentDocument = {
	readonly deploymentId: string;
	/** The label of the place that it is in. */
	readonly context: string;
	readonly region: string | null;
	readonly application: string | null;
	readonly group: string | null;
	readonly status: string;
	readonly ended: boolean;
	readonly platform: string | null;
	readonly type: string | null;
	readonly startedBy: string | null;
	readonly revision: string | null;
	readonly createdAt: string | null;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly elapsedSeconds: number | null;
	readonly targets: CountsDocument | null;
	readonly error: { readonly code: string; readonly message: string } | null;
	/** The other end of its rollback. */
	readonly rollback: { readonly deploymentId: string; readonly role: 'rollback' | 'original' } | null;
};

/** A deployment and the place that it is in. */
export type ListedDeployment = { readonly deployment: DeploymentSnapshot; readonly place: Listed };

/** What all places have answered, the newest first, `limit` at most. */
export const mergeListed = (places: readonly Listed[], limit: number): readonly ListedDeployment[] =>
	places
		.flatMap(place => place.deployments.map(deployment => ({ deployment, place })))
		.toSorted((a, b) => (b.deployment.createdAt ?? 0) - (a.deployment.createdAt ?? 0))
		.slice(0, limit);

export const listDocument = (
	places: readonly Listed[],
	merged: readonly ListedDeployment[],
	now: number,
): ListDocument => ({
	schema: listSchema,
	at: isoTime(now),
	deployments: merged.map(each => deploymentDocument(each, now)),
	contexts: places.map(({ label, region, profile, problem }) => ({
		label,
		region: region ?? null,
		profile: profile ?? null,
		problem: problem ?? null,
	})),
});

function deploymentDocument({ deployment, place }: ListedDeployment, now: number): DeploymentDocument {
	const elapsed = deploymentElapsedMs(deployment, now);
	const link = linkedDeployment(deployment);
	return {
		deploymentId: deployment.id,
		context: place.label,
		region: place.region ?? null,
		application: deployment.application ?? null,
		group: deployment.group ?? null,
		status: deployment.status,
		ended: hasEnded(deployment),
		platform: deployment.platform ?? null,
		type: deployment.type ?? null,
		startedBy: deployment.creator ?? null,
		revision: deployment.revision ? describeRevision(deployment.revision) : null,
		createdAt: isoTime(deployment.createdAt),
		startedAt: isoTime(deployment.startedAt),
		endedAt: isoTime(deployment.completedAt),
		elapsedSeconds: elapsed === undefined ? null : Math.round(elapsed / 1000),
		targets: deployment.overview ? countsDocument(deployment.overview) : null,
		error: deployment.error ?? null,
		rollback: link ? { deploymentId: link.id, role: link.role } : null,
	};
}
