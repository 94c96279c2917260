import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { describeRevision } from '../../domain/revision.ts';
import { preflightWord } from '../preflight/shown.ts';
import { isoTime } from './fields.ts';
import type { ToldPlan } from './plan-text.ts';

/** The version of `rollcall rollback --dry-run --json` and `rollcall deploy --dry-run --json`. */
const planSchema = 'rollcall/plan/v1';

/**
 * What a dry run prints as JSON: schemas/plan.schema.json describes it, and scripts depend on it. Every field is always
 * there; what does not apply is null. Times are ISO 8601, in UTC.
 */
export type PlanDocument = {
	readonly schema: typeof planSchema;
	readonly at: string;
	readonly purpose: 'roll-back' | 'redeploy' | 'deploy';
	readonly application: string;
	readonly group: string;
	/** Whether nothing is in the way of making the deployment now. */
	readonly possible: boolean;
	/** What would be deployed; null where there is nothing to return to. */
	readonly revision: string | null;
	/** The deployment that it is taken from. */
	readonly from: PlannedDeployment | null;
	/** The newest deployment of the group. */
	readonly newest: PlannedDeployment | null;
	/** The deployment that has the group now. */
	readonly active: PlannedDeployment | null;
	readonly differences: readonly {
		readonly what: string;
		readonly current: string | null;
		readonly wanted: string | null;
		readonly same: boolean;
	}[];
	/** Null unless both AppSpecs are texts that could be read. */
	readonly appSpec: readonly { readonly op: 'same' | 'removed' | 'added'; readonly text: string }[] | null;
	readonly impact: readonly { readonly what: string; readonly outcome: string }[];
	readonly notes: readonly string[];
	readonly warnings: readonly string[];
	readonly obstacles: readonly {
		readonly kind: string;
		readonly text: string;
		readonly advice: string;
	}[];
	/** What a deployment was looked at for beforehand; null for a rollback. */
	readonly preflight:
		| readonly { readonly id: string; readonly verdict: string; readonly summary: string }[]
		| null;
	/** Earlier deployments that --to can return to, the newest first. */
	readonly candidates: readonly PlannedDeployment[];
	/** The same as an AWS CLI command. */
	readonly command: string | null;
};

type PlannedDeployment = {
	readonly deploymentId: string;
	readonly status: string;
	readonly revision: string | null;
	readonly createdAt: string | null;
	readonly endedAt: string | null;
};

export function planDocument(told: ToldPlan): PlanDocument {
	const { plan, difference, impact, obstacles, preflight, command, now } = told;
	const { group, revision, from, latest, active, candidates } = plan;
	return {
		schema: planSchema,
		at: isoTime(now),
		purpose: plan.purpose,
		application: group.application,
		group: group.name,
		possible: obstacles.length === 0,
		revision: revision ? describeRevision(revision) : null,
		from: from ? plannedDeployment(from) : null,
		newest: latest ? plannedDeployment(latest) : null,
		active: active ? plannedDeployment(active) : null,
		differences: difference.rows.map(({ label, current, wanted, isSame }) => ({
			what: label,
			current: current ?? null,
			wanted: wanted ?? null,
			same: isSame,
		})),
		appSpec: difference.appSpec ?? null,
		impact: impact.rows,
		notes: impact.notes,
		warnings: impact.warnings,
		obstacles,
		preflight:
			preflight?.map(check => ({
				id: check.id,
				verdict: preflightWord(check),
				summary: check.summary,
			})) ?? null,
		candidates: candidates.map(plannedDeployment),
		command: command ?? null,
	};
}

const plannedDeployment = (deployment: DeploymentSnapshot): PlannedDeployment => ({
	deploymentId: deployment.id,
	status: deployment.status,
	revision: deployment.revision ? describeRevision(deployment.revision) : null,
	createdAt: isoTime(deployment.createdAt),
	endedAt: isoTime(deployment.completedAt),
});
