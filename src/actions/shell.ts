import { type InstanceId, isInstanceId, type TargetId } from '../domain/ids.ts';
import type { TargetKind } from '../domain/target.ts';
import { lookup } from '../lib/lookup.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { AppState, Rollout, Session } from '../monitor/state.ts';
import { sessionOptions } from './action.ts';

/** A shell that can be opened, or why none can. */
export type ShellPlan =
	| {
			readonly possible: true;
			readonly instanceId: InstanceId;
			/** The program and its arguments. */
			readonly words: readonly [program: string, ...args: string[]];
			/** The same, to be read and copied. */
			readonly commandLine: string;
	  }
	| { readonly possible: false; readonly refusal: string };

/** What would open a shell on a target, through Session Manager (AWS: StartSession). Nothing is started by it. */
export function planShell(state: AppState, rollout: Rollout, targetId: TargetId): ShellPlan {
	const refusal = refusalOf(state, rollout, targetId);
	if (refusal !== undefined) return { possible: false, refusal };
	if (!isInstanceId(targetId)) return { possible: false, refusal: onPremises(targetId) };
	const words = startSession(state.session, targetId);
	const commandLine = words.map(shellWord).join(' ');
	return { possible: true, instanceId: targetId, words, commandLine };
}

function refusalOf({ session }: AppState, rollout: Rollout, targetId: TargetId): string | undefined {
	if (session.readOnly) return 'read-only session: whoever has a shell can change things';
	const kind = rollout.targets.get(targetId)?.kind ?? 'instance';
	const stranger = lookup(notHosts, kind);
	if (stranger !== undefined) return stranger;
	const facts = rollout.hosts.data?.get(targetId);
	if (facts?.kind === 'on-premises') return onPremises(targetId);
	const instance = facts?.kind === 'ec2' ? facts.instance.state : undefined;
	return instance === 'terminated' || instance === 'shutting-down'
		? `the instance is ${instance}`
		: undefined;
}

const notHosts: Readonly<Partial<Record<TargetKind, string>>> = {
	ecs: 'an ECS service is no host',
	lambda: 'a Lambda function is no host',
	cloudformation: 'a CloudFormation stack is no host',
	unknown: 'a target of an unknown kind',
};

/** AWS: a hybrid-activated machine has an id `mi-…` of its own, which CodeDeploy does not know. */
const onPremises = (targetId: TargetId): string =>
	`${targetId} is no EC2 instance: Session Manager knows it by another id, if at all`;

const startSession = (session: Session, instanceId: InstanceId): readonly [string, ...string[]] => [
	'aws',
	'ssm',
	'start-session',
	'--target',
	instanceId,
	...sessionOptions(session),
];
