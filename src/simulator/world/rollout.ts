import type { Chance } from './chance.ts';
import type { Clockwork } from './clockwork.ts';
import type { Deployment, ErrorInformation, TerminalStatus } from './deployment.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import { stopError } from './errors.ts';
import type { Revision } from './revision.ts';
import type { RevisionScript, TimeScale } from './script.ts';
import { endTarget } from './target.ts';

/** What a rollout may use of the world around it. */
export type Stage = {
	readonly clockwork: Clockwork;
	readonly chance: Chance;
	readonly scale: TimeScale;
	scriptOf(revision: Revision): RevisionScript;
	/** Other hosts, or the same with another revision, answer the group's traffic now. */
	trafficMoved(group: DeploymentGroup): void;
	/** Called once, after the deployment has reached its terminal status. */
	ended(deployment: Deployment): void;
};

/** How one kind of deployment goes: in place, blue/green, a traffic shift. */
export type Rollout = {
	/** The fleet is known; work begins. */
	start(): void;
	/** Asks for an end (`deployment.stop` says why). The deployment may still be active when this returns. */
	stop(): void;
	/** AWS: ContinueDeployment. Only called when the deployment waits for exactly this. */
	proceed(wait: DeploymentWait): void;
	/** What the deployment waits for, if anybody can continue it now. */
	readonly waitsFor: DeploymentWait | undefined;
};

/** AWS: DeploymentWaitType. */
export type DeploymentWait = 'READY_WAIT' | 'TERMINATION_WAIT';

/** Ends a deployment; targets it never reached are Skipped. */
export function endDeployment(
	stage: Stage,
	deployment: Deployment,
	status: TerminalStatus,
	error?: ErrorInformation,
): void {
	const { now } = stage.clockwork;
	for (const target of deployment.targets ?? []) {
		if (target.status === 'Pending' || target.status === 'Ready') endTarget(target, 'Skipped', now);
	}
	deployment.status = status;
	deployment.completedAt = now;
	deployment.error = error;
	stage.ended(deployment);
}

/** Ends a deployment that was stopped from outside. */
export function endStopped(stage: Stage, deployment: Deployment): void {
	endDeployment(stage, deployment, 'Stopped', deployment.stop && stopError(deployment.stop));
}
