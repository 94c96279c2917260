import type { Deployment } from './deployment.ts';
import { hookFailure, readyTimeout } from './errors.ts';
import { createPatience } from './patience.ts';
import { endDeployment, endStopped, type Rollout, type Stage } from './rollout.ts';
import {
	beginEvent,
	endTarget,
	failEvent,
	type LifecycleEvent,
	setTargetStatus,
	succeedEvent,
	type Target,
	touchTarget,
} from './target.ts';
import { shiftTraffic } from './traffic-shift.ts';

/** What gets the traffic: an ECS service's new task set, or a Lambda function's new version. */
export type ShiftSubject = {
	readonly target: Target;
	/** Brings the replacement up within this time, in scripted milliseconds; the answer breaks it off. */
	install(withinMs: number): () => void;
	/** Gives the replacement this share of the traffic, in percent. */
	setWeight(percent: number): void;
	/** The replacement is what is live now. */
	goLive(): void;
	/** What was replaced goes, within scripted milliseconds; undefined when nothing is left behind. */
	readonly retire:
		| { readonly waitMinutes: number; readonly withinMs: number; begin(): void; end(): void }
		| undefined;
};

/** What the events take, in scripted milliseconds; AllowTraffic takes as long as the shift. */
const usualMs: Readonly<Record<string, number>> = {
	Install: 14_000,
	AllowTestTraffic: 1500,
	AfterAllowTestTraffic: 4000,
	BeforeAllowTraffic: 3000,
	AfterAllowTraffic: 2000,
};
const noHookMs = 200;
const pickUpMs = 300;
/** A rollback only moves weights back; the service is done within seconds. */
const rollbackPace = 0.05;

/** Deploys one thing and moves traffic to it, step by step. */
export function createShiftRollout(
	stage: Stage,
	deployment: Deployment,
	createSubject: () => ShiftSubject,
): Rollout {
	const { clockwork } = stage;
	const { group, config } = deployment;
	const script = stage.scriptOf(deployment.revision);
	const patience = createPatience(stage);
	const pace = (script.pace ?? 1) * (deployment.creator === 'codeDeployRollback' ? rollbackPace : 1);
	const random = stage.chance(deployment.id);
	let subject: ShiftSubject | undefined;
	let running: LifecycleEvent | undefined;
	let callOff = () => {};

	function step(current: ShiftSubject, index: number): void {
		const event = current.target.events[index];
		if (event === undefined) {
			finishTarget(current);
			return;
		}
		const begin = () => {
			callOff = clockwork.after(pickUpMs * pace, () => {
				running = event;
				beginEvent(current.target, event, clockwork.now);
				work(current, event, () => {
					running = undefined;
					succeedEvent(current.target, event, clockwork.now);
					step(current, index + 1);
				});
			});
		};
		if (event.name === 'BeforeAllowTraffic') waitUntilReady(current.target, begin);
		else begin();
	}

	function waitUntilReady(target: Target, then: () => void): void {
		const minutes = group.settings.blueGreen?.readyWaitMinutes;
		if (minutes === undefined || deployment.creator === 'codeDeployRollback') {
			then();
			return;
		}
		deployment.status = 'Ready';
		setTargetStatus(target, 'Ready', clockwork.now);
		const proceed = () => {
			deployment.status = 'InProgress';
			setTargetStatus(target, 'InProgress', clockwork.now);
			then();
		};
		patience.begin('READY_WAIT', minutes, proceed, () =>
			endDeployment(stage, deployment, 'Stopped', readyTimeout(minutes)),
		);
	}

	function work(current: ShiftSubject, event: LifecycleEvent, done: () => void): void {
		const withinMs = (usualMs[event.name] ?? noHookMs) * pace * (0.85 + 0.3 * random());
		const mishap = script.mishaps?.find(each => each.event === event.name);
		if (mishap !== undefined) {
			const { failure } = mishap;
			const diagnostics = failure.type === 'authored' ? failure.diagnostics : undefined;
			callOff = clockwork.after(mishap.afterMs ?? withinMs, () => {
				failEvent(current.target, event, clockwork.now, diagnostics);
				endDeployment(stage, deployment, 'Failed', hookFailure);
			});
		} else if (event.name === 'AllowTraffic') {
			callOff = shiftTraffic(
				stage,
				config.traffic ?? { type: 'AllAtOnce' },
				percent => move(current, percent),
				done,
			);
		} else {
			const breakOff = event.name === 'Install' ? current.install(withinMs) : () => {};
			const callOffEnd = clockwork.after(withinMs, done);
			callOff = () => {
				breakOff();
				callOffEnd();
			};
		}
	}

	function move(current: ShiftSubject, percent: number): void {
		current.setWeight(percent);
		touchTarget(current.target, clockwork.now);
		group.exposure.set(clockwork.now, script.faulty ? percent / 100 : 0);
	}

	function finishTarget(current: ShiftSubject): void {
		setTargetStatus(current.target, 'Succeeded', clockwork.now);
		current.goLive();
		const { retire } = current;
		if (retire === undefined) {
			endDeployment(stage, deployment, 'Succeeded');
			return;
		}
		const terminate = () => {
			retire.begin();
			touchTarget(current.target, clockwork.now);
			callOff = clockwork.after(retire.withinMs * pace, () => {
				retire.end();
				touchTarget(current.target, clockwork.now);
				endDeployment(stage, deployment, 'Succeeded');
			});
		};
		// The API does not tell that an ECS deployment waits here: it stays InProgress, its target Succeeded.
		patience.begin('TERMINATION_WAIT', retire.waitMinutes, terminate, terminate);
	}

	return {
		get waitsFor() {
			return patience.waitsFor;
		},
		start() {
			subject = createSubject();
			deployment.targets = [subject.target];
			step(subject, 0);
		},
		/** Takes effect at once: there are no hosts to wait for. */
		stop() {
			callOff();
			patience.end();
			if (subject && running) failEvent(subject.target, running, clockwork.now, undefined);
			else if (subject?.target.status === 'InProgress') endTarget(subject.target, 'Failed', clockwork.now);
			endStopped(stage, deployment);
		},
		proceed: patience.proceed,
	};
}
