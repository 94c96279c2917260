import type { Deployment } from './deployment.ts';
import { hookFailure, readyTimeout } from './errors.ts';
import { createPatience } from './patience.ts';
import { endDeployment, endStopped, type Rollout, type Stage } from './rollout.ts';
import { createShiftWork } from './shift-work.ts';
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

/** What gets the traffic: an ECS service's new task set, or a Lambda function's new version. */
export type ShiftSubject = {
	readonly target: Target;
	/** Brings the replacement up within this time, in scripted milliseconds; the answer breaks it off. */
	install(withinMs: number): () => void;
	/** Gives the replacement this share of the traffic, in percent. */
	setWeight(percent: number): void;
	/** The replacement is what is live now. */
	goLive(): void;
	/** How what was replaced goes; undefined when nothing is left behind. */
	readonly retirement: Retirement | undefined;
};

export type Retirement = {
	/** How long it is kept for a rollback. */
	readonly waitMinutes: number;
	/** How long its end takes, in scripted milliseconds. */
	readonly drainingMs: number;
	begin(): void;
	end(): void;
};

/** Before the hook of an event begins, in scripted milliseconds. */
const pickUpMs = 300;

/** Deploys one thing and moves traffic to it, step by step. */
export function createShiftRollout(
	stage: Stage,
	deployment: Deployment,
	createSubject: () => ShiftSubject,
): Rollout {
	const { clockwork } = stage;
	const patience = createPatience(stage);
	const work = createShiftWork(stage, deployment);
	let target: Target | undefined;
	let running: LifecycleEvent | undefined;
	let callOff = () => {};

	function step(subject: ShiftSubject, index: number): void {
		const event = subject.target.events[index];
		if (event === undefined) {
			finishTarget(subject);
			return;
		}
		const begin = () => {
			callOff = clockwork.after(pickUpMs * work.pace, () => perform(subject, index, event));
		};
		if (event.name === 'BeforeAllowTraffic') waitUntilReady(subject.target, begin);
		else begin();
	}

	function perform(subject: ShiftSubject, index: number, event: LifecycleEvent): void {
		running = event;
		beginEvent(subject.target, event, clockwork.now);
		callOff = work.start(subject, event, {
			done() {
				running = undefined;
				succeedEvent(subject.target, event, clockwork.now);
				step(subject, index + 1);
			},
			failed(diagnostics) {
				running = undefined;
				failEvent(subject.target, event, clockwork.now, diagnostics);
				endDeployment(stage, deployment, 'Failed', hookFailure);
			},
		});
	}

	function waitUntilReady(waiting: Target, then: () => void): void {
		const minutes = deployment.settings.blueGreen?.readyWaitMinutes;
		if (minutes === undefined || deployment.creator === 'codeDeployRollback') {
			then();
			return;
		}
		deployment.status = 'Ready';
		setTargetStatus(waiting, 'Ready', clockwork.now);
		const proceed = () => {
			deployment.status = 'InProgress';
			setTargetStatus(waiting, 'InProgress', clockwork.now);
			then();
		};
		patience.begin('READY_WAIT', minutes, proceed, () =>
			endDeployment(stage, deployment, 'Stopped', readyTimeout(minutes)),
		);
	}

	function finishTarget({ target: done, goLive, retirement }: ShiftSubject): void {
		setTargetStatus(done, 'Succeeded', clockwork.now);
		goLive();
		if (retirement === undefined) {
			endDeployment(stage, deployment, 'Succeeded');
			return;
		}
		const terminate = () => {
			retirement.begin();
			touchTarget(done, clockwork.now);
			callOff = clockwork.after(retirement.drainingMs, () => {
				retirement.end();
				touchTarget(done, clockwork.now);
				endDeployment(stage, deployment, 'Succeeded');
			});
		};
		// The API does not tell that an ECS deployment waits here: it stays InProgress, its target Succeeded.
		patience.begin('TERMINATION_WAIT', retirement.waitMinutes, terminate, terminate);
	}

	return {
		get waitsFor() {
			return patience.waitsFor;
		},
		start() {
			const subject = createSubject();
			target = subject.target;
			deployment.targets = [target];
			step(subject, 0);
		},
		/** Takes effect at once: there are no hosts to wait for. */
		stop() {
			callOff();
			patience.end();
			if (target && running) failEvent(target, running, clockwork.now, undefined);
			else if (target?.status === 'InProgress') endTarget(target, 'Failed', clockwork.now);
			endStopped(stage, deployment);
		},
		proceed: patience.proceed,
	};
}
