import { GatewayFailure } from '../gateway/failure.ts';
import { pages } from '../lib/pages.ts';
import { asFailure } from '../monitor/calls.ts';
import { findDeployment, type GroupName, NoDeploymentError } from '../monitor/find-deployment.ts';
import { createPace } from '../monitor/pace.ts';
import { createPickerEngine, createPickerStore, type PickerStore } from '../monitor/picker/engine.ts';
import { initialPicker } from '../monitor/picker/state.ts';
import { describeFailure } from '../view/freshness.ts';
import type { Command } from './command.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { sayLastWords } from './last-words.ts';
import { createLeftWatches, type OpenedWatch } from './left-watches.ts';
import { type OpenConnection, openConnection } from './open-connection.ts';
import { refusal, whereWords } from './refusal.ts';
import { beginWatch, type StartedWatch, type WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

/** A choice of groups that runs: what a screen needs of it. */
export type Picker = {
	readonly store: PickerStore;
	readonly clock: WatchParts['clock'];
	/** Asks AWS now. */
	refresh(): void;
	/** Begins to watch what a group does; undefined when there is nothing to watch. */
	open(group: GroupName): Promise<OpenedWatch | undefined>;
};

export type ScreenPickerParts = WatchParts & {
	/** Draws the choice on the terminal until the user quits or `signal` aborts. */
	openScreen(picker: Picker, signal: AbortSignal): Promise<void>;
};

type PickCommand = Extract<Command, { type: 'pick' }>;

/**
 * `rollcall watch` without a deployment and a group: lets the user choose on a terminal, and names what there is to choose
 * elsewhere. Throws UsageError for what does not exist, and NoAwsError when AWS does not answer.
 */
export async function pick(command: PickCommand, parts: ScreenPickerParts): Promise<ExitCode> {
	const { common, application } = command;
	const { io, clock, random } = parts;
	const opened = await openConnection(common, parts);
	const { connection, session } = opened;
	const ended = new AbortController();
	const signal = AbortSignal.any([ended.signal, io.signal]);
	const { codeDeploy } = connection.gateways;
	try {
		const names =
			application === undefined && io.isInteractive ? undefined : await listNames(command, opened, signal);
		if (!io.isInteractive) throw new UsageError(choiceWords(application, names ?? [], whereWords(session)));
		const store = createPickerStore(initialPicker(session, application), createPace(clock).defer);
		if (application !== undefined && names)
			store.dispatch({ type: 'groups.received', application, names, at: clock.now() });
		const engine = createPickerEngine({ store, codeDeploy, clock, random });
		const watches = createPickedWatches(command, opened, parts, { store, signal });
		const running = [engine.run(signal), tick(store, parts, signal)];
		await parts.openScreen({ store, clock, refresh: engine.refresh, open: watches.open }, signal);
		const exitCode = await watches.sayLastWords();
		ended.abort();
		await Promise.all([...running, watches.end()]);
		return exitCode;
	} finally {
		ended.abort();
		connection.close();
	}
}

const tickMs = 1_000;

async function tick(store: PickerStore, { clock }: WatchParts, signal: AbortSignal): Promise<void> {
	while (!signal.aborted) {
		store.dispatch({ type: 'clock.ticked', now: clock.now() });
		await clock.sleep(tickMs - (clock.now() % tickMs), signal);
	}
}

/** The groups of the application that was given, else the applications. */
async function listNames(
	{ application }: PickCommand,
	{ connection, session }: OpenConnection,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const { codeDeploy } = connection.gateways;
	const names: string[] = [];
	try {
		const list = (token: string | undefined) =>
			application === undefined
				? codeDeploy.listApplications(token, signal)
				: codeDeploy.listDeploymentGroups(application, token, signal);
		for await (const page of pages(list)) names.push(...page);
		return names;
	} catch (error) {
		if (!(error instanceof GatewayFailure)) throw error;
		const missing = `there is no application “${application}” ${whereWords(session)}: check --application, --region and --profile`;
		throw refusal(error.details, session, missing);
	}
}

/** How many names fit into a line that is still read. */
const namedAtMost = 12;

function choiceWords(application: string | undefined, names: readonly string[], where: string): string {
	const more = names.length > namedAtMost ? ` and ${names.length - namedAtMost} more` : '';
	const named = names.slice(0, namedAtMost).join(', ') + more;
	if (application === undefined) {
		const there =
			names.length === 0 ? `there are no applications ${where}` : `the applications ${where} are ${named}`;
		return `expected a deployment id, or --application and --group, where there is no terminal to choose on: ${there}`;
	}
	if (names.length === 0)
		return `application “${application}” ${where} has no deployment groups: there is nothing to watch`;
	return `expected --group, where there is no terminal to choose on: the groups of “${application}” ${where} are ${named}`;
}

/** The watch of what was chosen: one at a time, over the one connection. */
function createPickedWatches(
	{ common, follow }: PickCommand,
	opened: OpenConnection,
	parts: WatchParts,
	{ store, signal }: { readonly store: PickerStore; readonly signal: AbortSignal },
) {
	const { clock } = parts;
	const { connection, budget, session } = opened;
	const { codeDeploy } = connection.gateways;
	const left = createLeftWatches(clock, signal);
	let current: StartedWatch | undefined;

	const say = (text: string) =>
		store.dispatch({ type: 'notice.shown', tone: 'attention', text, at: clock.now() });
	const begin = async (group: GroupName): Promise<StartedWatch | undefined> => {
		const isWanted = () => store.getState().asking === group;
		try {
			const id = await findDeployment(codeDeploy, group, signal);
			if (!isWanted()) return undefined;
			store.dispatch({ type: 'group.answered' });
			// The connection outlives the watch; the session says that Esc leads back here.
			const shared = { ...connection, close() {} };
			const began = { ...session, startedAt: clock.now(), openedFrom: 'groups' as const };
			return beginWatch(id, common, parts, { connection: shared, budget, session: began });
		} catch (error) {
			if (signal.aborted || !isWanted()) return undefined;
			store.dispatch({ type: 'group.answered' });
			say(
				error instanceof NoDeploymentError
					? error.message
					: describeFailure(asFailure(error, 'GetDeploymentGroup'), session.profile),
			);
			return undefined;
		}
	};
	return {
		async open(group: GroupName): Promise<OpenedWatch | undefined> {
			const started = await begin(group);
			if (!started) return undefined;
			if (follow) started.store.dispatch({ type: 'follow.switched', on: true });
			current = started;
			return {
				...started,
				leave() {
					if (current !== started) return;
					current = undefined;
					left.add(started, { after: said => store.dispatch({ type: 'notice.shown', ...said }) });
				},
			};
		},
		/** How the deployment stands that was watched last; the exit code is about that. */
		async sayLastWords(): Promise<ExitCode> {
			await left.awaitOutcomes();
			if (!current) return exitCodes.succeeded;
			const { follow: followed, scope } = current.store.getState();
			const id = followed.on ? followed.lastId : scope.deploymentId;
			await sayLastWords({ ...current, id, actions: current.runner, codeDeploy });
			return exitCodeOf(current.store.getState(), id);
		},
		async end(): Promise<void> {
			await Promise.all([left.end(), current?.end()]);
		},
	};
}
