import { type Asked, following, type Nothing, nothing, unanswered } from '../../diagnosis/knowledge.ts';
import type { HostFacts, InstanceFacts, InstanceStatus, PingState } from '../../domain/host.ts';
import { instanceIdOf, type TargetId } from '../../domain/ids.ts';
import type { Examination } from './examination.ts';

/** What is known of some hosts, each as soon as it is. */
export type Of<T> = (targetId: TargetId) => Promise<Asked<T | Nothing>>;

/** What EC2 knows of the hosts. */
export function examineInstances(exam: Examination, targets: readonly TargetId[]): Of<InstanceFacts> {
	const instances = exam.ask('DescribeInstances', ({ hosts }, signal) =>
		hosts.describeInstances(targets.filter(isEc2), signal),
	);
	return async targetId => {
		const instance = await about(instances, targetId, isEc2, 'it is no EC2 instance');
		exam.examined(targetId, { instance });
		tellFacts(exam, targetId, instance);
		return instance;
	};
}

/** The rest of the screens shows these facts as well. */
function tellFacts(exam: Examination, targetId: TargetId, asked: Asked<InstanceFacts | Nothing>): void {
	if (!('answer' in asked) || asked.answer === nothing) return;
	const { id, clock } = exam.watch;
	const facts: HostFacts = { kind: 'ec2', instance: asked.answer };
	exam.tell({ type: 'hosts.received', id, hosts: new Map([[targetId, facts]]), at: clock.now() });
}

/** The status checks of the hosts. */
export function examineStatuses(exam: Examination, targets: readonly TargetId[]): Of<InstanceStatus> {
	const statuses = exam.ask('DescribeInstanceStatus', ({ hosts }, signal) =>
		hosts.describeStatuses(targets.filter(isEc2), signal),
	);
	return async targetId => {
		const status = await about(statuses, targetId, isEc2, 'it is no EC2 instance');
		exam.examined(targetId, { status });
		return status;
	};
}

/** Whether Systems Manager reaches the hosts. */
export function examinePings(exam: Examination, targets: readonly TargetId[]): Of<PingState> {
	const pings = exam.ask('DescribeInstanceInformation', ({ hosts }, signal) =>
		hosts.pingStates(targets.filter(isManaged), signal),
	);
	return async targetId => {
		const ping = await about(pings, targetId, isManaged, unknownToSystemsManager);
		exam.examined(targetId, { ping });
		return ping;
	};
}

export const unknownToSystemsManager = 'Systems Manager does not know the host by this name';

/** Machines elsewhere have ids of Systems Manager, or names that somebody chose. */
const isEc2 = (id: TargetId): boolean => instanceIdOf(id)?.startsWith('i-') ?? false;
const isManaged = (id: TargetId): boolean => instanceIdOf(id) !== undefined;

/** The part of an answer about all hosts that is about one of them. */
async function about<T extends { readonly id: string }>(
	all: Promise<Asked<readonly T[]>>,
	targetId: TargetId,
	isKnown: (id: TargetId) => boolean,
	otherwise: string,
): Promise<Asked<T | Nothing>> {
	const asked = await all;
	if (!isKnown(targetId)) return unanswered(otherwise);
	return following(asked, list => list.find(({ id }) => id === targetId) ?? nothing);
}
