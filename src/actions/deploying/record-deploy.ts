import type { DeployOrder } from '../../domain/deploy-order.ts';
import type { DeployPlan } from '../../domain/deploy-plan.ts';
import type { CallerIdentity } from '../../gateway/gateway.ts';
import type { Clock } from '../../lib/clock.ts';
import { redact } from '../../lib/redact.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { Session } from '../../monitor/state.ts';
import type { AuditTrail } from '../audit.ts';
import type { DeployNowParts } from './deploy-now.ts';
import { createDeploymentArguments, planTitle } from './order.ts';

export type RecordParts = {
	readonly audit: AuditTrail;
	readonly clock: Clock;
	readonly session: Session;
	/** Undefined where AWS has not said who asks. */
	readonly identity: CallerIdentity | undefined;
	/** Told when a line could not be written. */
	failed(problem: string): void;
};

/** The way to record a deployment that is made from here. It never throws: nothing that has to be done hangs on a full disk. */
export const deployRecorder =
	(plan: DeployPlan, order: DeployOrder, parts: RecordParts): DeployNowParts['record'] =>
	(outcome, detail, created) => {
		const { audit, clock, session, identity } = parts;
		try {
			audit.write({
				time: new Date(clock.now()).toISOString(),
				outcome,
				detail,
				action: planTitle(plan),
				// An AppSpec may hold anything.
				command: redact(['aws', 'deploy', ...createDeploymentArguments(order)].map(shellWord).join(' ')),
				deploymentId: plan.latest?.id ?? '',
				...(created !== undefined && { created }),
				application: order.application,
				group: order.group,
				region: session.region,
				endpoint: session.endpointUrl ?? '',
				account: identity?.account ?? '',
				identity: identity?.arn ?? 'unknown',
			});
		} catch (error) {
			const problem = error instanceof Error ? error.message : String(error);
			parts.failed(`the audit line could not be written: ${problem}`);
		}
	};
