import type { HostKnowledge, Knowledge } from '../diagnosis/knowledge.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';

/** One run of the checklist over a deployment. What it finds out is the rollout's knowledge. */
export type Checkup = {
	/** Only this target was asked for; unset: those that failed, one of each kind. */
	readonly only?: TargetId;
	readonly askedAt: number;
	/** The hosts that are looked at; unset until the run has begun. */
	readonly targets?: readonly TargetId[];
	/** Of these, the ones on which commands would be run if the user let them. */
	readonly withheld: readonly TargetId[];
	/** Unset while anything is being found out. */
	readonly endedAt?: number;
};

export type CheckupEvent =
	/** Somebody wants the checklist run, or run again. */
	| {
			readonly type: 'checkup.asked';
			readonly id: DeploymentId;
			readonly only?: TargetId;
			readonly at: number;
	  }
	| {
			readonly type: 'checkup.began';
			readonly id: DeploymentId;
			readonly targets: readonly TargetId[];
			readonly at: number;
	  }
	/** What takes a command on this host has not been found out: nobody has allowed that yet. */
	| {
			readonly type: 'checkup.withheld';
			readonly id: DeploymentId;
			readonly targetId: TargetId;
			readonly at: number;
	  }
	/** What was withheld is done after all. */
	| { readonly type: 'checkup.resumed'; readonly id: DeploymentId; readonly at: number }
	| { readonly type: 'checkup.ended'; readonly id: DeploymentId; readonly at: number }
	/** Found out about the account. */
	| {
			readonly type: 'knowledge.gained';
			readonly id: DeploymentId;
			readonly knowledge: Partial<Omit<Knowledge, 'hosts'>>;
			readonly at: number;
	  }
	/** Found out about one host. */
	| {
			readonly type: 'host.examined';
			readonly id: DeploymentId;
			readonly targetId: TargetId;
			readonly knowledge: HostKnowledge;
			readonly at: number;
	  };

type Examined = { readonly checkup?: Checkup; readonly knowledge: Knowledge };

/** Applies one event to a checkup and what it has found out. Pure. A new run forgets what the one before it found. */
export function reduceCheckup({ checkup, knowledge }: Examined, event: CheckupEvent): Examined {
	switch (event.type) {
		case 'checkup.asked': {
			const only = event.only === undefined ? {} : { only: event.only };
			return { checkup: { askedAt: event.at, withheld: [], ...only }, knowledge: { hosts: new Map() } };
		}
		case 'checkup.began':
		case 'checkup.withheld':
		case 'checkup.resumed':
		case 'checkup.ended':
			return checkup ? { checkup: advance(checkup, event), knowledge } : { knowledge };
		case 'knowledge.gained':
			return { ...(checkup && { checkup }), knowledge: { ...knowledge, ...event.knowledge } };
		case 'host.examined': {
			const known = { ...knowledge.hosts.get(event.targetId), ...event.knowledge };
			const hosts = new Map(knowledge.hosts).set(event.targetId, known);
			return { ...(checkup && { checkup }), knowledge: { ...knowledge, hosts } };
		}
	}
}

type Progress = Extract<CheckupEvent, { type: `checkup.${'began' | 'withheld' | 'resumed' | 'ended'}` }>;

function advance(checkup: Checkup, event: Progress): Checkup {
	switch (event.type) {
		case 'checkup.began':
			return { ...checkup, targets: event.targets };
		case 'checkup.withheld':
			return { ...checkup, withheld: inOrder(checkup.targets, [...checkup.withheld, event.targetId]) };
		case 'checkup.resumed': {
			const { endedAt: _, ...rest } = checkup;
			return { ...rest, withheld: [] };
		}
		case 'checkup.ended':
			return { ...checkup, endedAt: event.at };
	}
}

/** As the hosts were chosen, whoever of them was the first to be known: what is on the screen stays where it is. */
const inOrder = (chosen: readonly TargetId[] = [], some: readonly TargetId[]): readonly TargetId[] =>
	some.toSorted((a, b) => chosen.indexOf(a) - chosen.indexOf(b));
