import { hasEnded } from '../../domain/deployment.ts';
import type { HostFacts } from '../../domain/host.ts';
import { isEc2InstanceId, type TargetId } from '../../domain/ids.ts';
import { maxInstancesPerCall, maxOnPremisesPerCall } from '../../gateway/hosts.ts';
import { chunk } from '../../lib/pages.ts';
import { createLanes } from '../lanes.ts';
import type { Turn } from '../turn.ts';
import type { Attempt, Watch } from '../watch.ts';
import { createHostQuestions, type HostQuestions } from './host-questions.ts';

/**
 * The hosts behind instance targets: each is asked about once when it is listed. EC2 is asked again about those that have
 * failed or are stuck, since they may have been stopped or terminated meanwhile. The picture waits for none of this.
 */
export function createHostsTurn(watch: Watch): Turn {
	const questions = createHostQuestions(watch);
	const registers = [createEc2(watch, questions), createOnPremises(watch, questions)];
	return async signal => {
		// While nothing is heard of the deployment, nobody asks for what only goes with it.
		const { failure } = watch.rollout().deployment;
		if (failure && failure.kind !== 'denied') return watch.plan.turnMs;
		questions.begin();
		await Promise.all(registers.map(register => register.read(signal)));
		const waits = registers.map(register => register.nextInMs() ?? Infinity);
		const next = Math.min(...waits);
		return next === Infinity ? undefined : next;
	};
}

/** Whoever knows hosts of one kind. Each fails, and is asked again, apart from the other. */
type Register = {
	read(signal: AbortSignal): Promise<void>;
	nextInMs(): number | undefined;
};

type Answers = ReadonlyMap<string, HostFacts>;

/** Calls of one register at a time: whoever looks for the cause of a failure shall not stand in line behind them. */
const lanes = 2;

function createEc2(watch: Watch, questions: HostQuestions): Register {
	const what: Attempt = {
		part: 'hosts',
		id: watch.id,
		entry: 'EC2 instances',
		operation: 'DescribeInstances',
		usualMs: watch.plan.hostsMs,
	};
	const ask = async (ids: readonly TargetId[], signal: AbortSignal): Promise<Answers> => {
		const instances = await watch.probe(
			'DescribeInstances',
			({ hosts }, inner) => hosts.describeInstances(ids, inner),
			signal,
		);
		return new Map(instances.map(instance => [instance.id, { kind: 'ec2', instance }]));
	};
	const { schedule } = watch;
	return {
		async read(signal) {
			if (!schedule.isDue(what.entry)) return;
			const ids = questions.open(isEc2InstanceId);
			if (await askAll(watch, what, chunk(ids, maxInstancesPerCall), ask, questions, signal))
				schedule.answered(what.entry, 0);
		},
		nextInMs: () =>
			schedule.isFailing(what.entry) ? schedule.dueInMs([what.entry]) : questions.dueInMs(isEc2InstanceId),
	};
}

/**
 * CodeDeploy's own register: asking it is paid from what polling may spend. It is not asked before the picture is whole,
 * and then little by little, until the deployment has ended and nothing else is to be polled.
 */
function createOnPremises(watch: Watch, questions: HostQuestions): Register {
	const { schedule, allowance, plan } = watch;
	const what: Attempt = {
		part: 'hosts',
		id: watch.id,
		entry: 'on-premises instances',
		operation: 'BatchGetOnPremisesInstances',
		usualMs: plan.onPremisesMs,
	};
	const isOnPremises = (id: TargetId) => !isEc2InstanceId(id);
	const ask = async (ids: readonly TargetId[], signal: AbortSignal): Promise<Answers> => {
		const instances = await watch.probe(
			'BatchGetOnPremisesInstances',
			({ hosts }, inner) => hosts.onPremises(ids, inner),
			signal,
		);
		return new Map(instances.map(instance => [instance.name, { kind: 'on-premises', instance }]));
	};
	const hasBegun = () => allowance.isOpen();
	return {
		async read(signal) {
			if (!(hasBegun() && schedule.isDue(what.entry))) return;
			const batches = chunk(questions.open(isOnPremises), maxOnPremisesPerCall);
			const { data } = watch.rollout().deployment;
			const isOver = data !== undefined && hasEnded(data);
			const now = isOver ? batches : batches.slice(0, 1);
			if (await askAll(watch, what, now, ask, questions, signal))
				schedule.answered(what.entry, isOver ? 0 : plan.onPremisesMs);
		},
		nextInMs() {
			if (questions.open(isOnPremises).length === 0) return undefined;
			return hasBegun() ? schedule.dueInMs([what.entry]) : plan.turnMs;
		},
	};
}

/** Returns whether there was something to ask and all of it was answered. */
async function askAll(
	watch: Watch,
	what: Attempt,
	batches: readonly (readonly TargetId[])[],
	ask: (ids: readonly TargetId[], signal: AbortSignal) => Promise<Answers>,
	questions: HostQuestions,
	signal: AbortSignal,
): Promise<boolean> {
	if (batches.length === 0) return false;
	const waiting = [...batches];
	const work = createLanes(
		() => lanes,
		() => waiting.shift(),
		async ids => {
			const answers = await ask(ids, signal);
			questions.answered(ids);
			const hosts = new Map(ids.map(id => [id, answers.get(id) ?? unknown]));
			watch.tell({ type: 'hosts.received', id: watch.id, hosts, at: watch.clock.now() });
		},
	);
	const all = async () => {
		work.wake();
		await work.drained();
	};
	return (await watch.attempt(what, all, signal)).ok;
}

const unknown: HostFacts = { kind: 'unknown' };
