import type { DeploymentId } from '../domain/ids.ts';

/** What is being watched. The epoch grows with every move, so that going there and back is not mistaken for staying. */
export type Scope = { readonly epoch: number; readonly deploymentId: DeploymentId };

/** Whether an answer that was asked for under `stamped` may still be applied. */
export const isCurrent = (now: Scope, stamped: Scope): boolean =>
	now.epoch === stamped.epoch && now.deploymentId === stamped.deploymentId;
