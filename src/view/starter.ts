import { lookup } from '../lib/lookup.ts';

/** Who or what started a deployment, or what it is if nobody did. */
type Starter = { readonly by: string } | { readonly as: string };

/** What AWS calls who started a deployment (AWS: DeploymentCreator), as a person would say it. */
const starters: Readonly<Record<string, Starter>> = {
	user: { by: 'a user' },
	autoscaling: { by: 'Auto Scaling' },
	autoscalingTermination: { by: 'Auto Scaling (terminating)' },
	codeDeployRollback: { as: 'automatic rollback' },
	CodeDeployAutoUpdate: { as: 'automatic update' },
	CloudFormation: { by: 'CloudFormation' },
	CloudFormationRollback: { by: 'CloudFormation (rolling back)' },
};

/** In a column: what people call it. */
const shortNames: Readonly<Record<string, string>> = {
	autoscaling: 'Auto Scaling',
	autoscalingTermination: 'Auto Scaling',
	codeDeployRollback: 'rollback',
	CodeDeployAutoUpdate: 'auto update',
	CloudFormationRollback: 'CloudFormation',
};

/** `user`, `Auto Scaling`, `rollback`. */
export const starterName = (creator: string): string => lookup(shortNames, creator) ?? creator;

const starterOf = (creator: string): Starter => lookup(starters, creator) ?? { by: creator };

/** `by Auto Scaling`, `automatic rollback`. */
export function starterWords(creator: string): string {
	const starter = starterOf(creator);
	return 'as' in starter ? starter.as : `by ${starter.by}`;
}

/** `started by Auto Scaling`, `started as an automatic rollback`. */
export function startedWords(creator: string): string {
	const starter = starterOf(creator);
	return 'as' in starter ? `started as an ${starter.as}` : `started by ${starter.by}`;
}
