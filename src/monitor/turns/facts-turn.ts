import { hasEnded } from '../../domain/deployment.ts';
import type { Turn } from '../turn.ts';
import { currentScreen } from '../ui-state.ts';
import { isLost, type Watch } from '../watch.ts';

const configEntry = 'config';
const groupEntry = 'group';
const appSpecEntry = 'AppSpec';

/**
 * What changes slowly or never: the configuration (once), the group, and the deployment that a rollback returns to.
 * `learned` is called when the group has been asked.
 */
export function createFactsTurn(watch: Watch, learned: () => void): Turn {
	return async signal => {
		await Promise.all([
			readConfig(watch, signal),
			readAppSpec(watch, signal),
			readGroup(watch, signal).then(async wasAsked => {
				if (wasAsked) learned();
				await readLastSuccessful(watch, signal);
			}),
		]);
		return watch.schedule.dueInMs(openEntries(watch));
	};
}

/** What is, or will be, asked; without the deployment nothing can be. */
function openEntries(watch: Watch): readonly string[] {
	const { deployment, config, group } = watch.rollout();
	const { configName, application, group: groupName } = deployment.data ?? {};
	const last = group.data?.lastSuccessful?.id;
	return [
		...(configName && config.data === undefined ? [configEntry] : []),
		...(application && groupName ? [groupEntry] : []),
		...(unreadAppSpec(watch) ? [appSpecEntry] : []),
		...(last && watch.rollout(last).deployment.data === undefined ? [lastEntry(last)] : []),
	];
}

async function readConfig(watch: Watch, signal: AbortSignal): Promise<void> {
	const { id, clock, schedule, plan } = watch;
	const { deployment, config } = watch.rollout();
	const name = deployment.data?.configName;
	if (!name || config.data !== undefined || !schedule.isDue(configEntry)) return;
	const outcome = await watch.attempt(
		{ part: 'config', id, entry: configEntry, operation: 'GetDeploymentConfig', usualMs: plan.groupMs },
		() =>
			watch.ask(
				'GetDeploymentConfig',
				({ codeDeploy }, inner) => codeDeploy.getDeploymentConfig(name, inner),
				signal,
			),
		signal,
	);
	if (!outcome.ok) return;
	watch.tell({ type: 'config.received', id, config: outcome.value, at: clock.now() });
	schedule.answered(configEntry, undefined);
}

/** Returns whether it was time to ask, whatever came of it. */
async function readGroup(watch: Watch, signal: AbortSignal): Promise<boolean> {
	const { id, clock, schedule, plan } = watch;
	const { data: deployment } = watch.rollout().deployment;
	const { application, group } = deployment ?? {};
	if (!(deployment && application && group && schedule.isDue(groupEntry))) return false;
	const outcome = await watch.attempt(
		{ part: 'group', id, entry: groupEntry, operation: 'GetDeploymentGroup', usualMs: plan.groupMs },
		() =>
			watch.ask(
				'GetDeploymentGroup',
				({ codeDeploy }, inner) => codeDeploy.getDeploymentGroup(application, group, inner),
				signal,
			),
		signal,
	);
	if (outcome.ok) {
		watch.tell({ type: 'group.received', id, group: outcome.value, at: clock.now() });
		schedule.answered(groupEntry, hasEnded(deployment) ? undefined : plan.groupMs);
	}
	return true;
}

/** The details show it, and the log screen its hooks. */
const showsAppSpec: ReadonlySet<string> = new Set(['details', 'logs']);

/** The hash of an AppSpec that is on the screen, or would be if it had been read. */
function unreadAppSpec(watch: Watch): { readonly application: string; readonly sha256: string } | undefined {
	const { deployment, appSpec } = watch.rollout();
	const { application, revision } = deployment.data ?? {};
	if (!showsAppSpec.has(currentScreen(watch.store.getState().ui).type) || appSpec.data !== undefined)
		return undefined;
	if (!application || revision?.type !== 'appSpec' || !revision.sha256) return undefined;
	return { application, sha256: revision.sha256 };
}

async function readAppSpec(watch: Watch, signal: AbortSignal): Promise<void> {
	const { id, clock, schedule, plan } = watch;
	const unread = unreadAppSpec(watch);
	if (!unread || !schedule.isDue(appSpecEntry)) return;
	const outcome = await watch.attempt(
		{ part: 'appSpec', id, entry: appSpecEntry, operation: 'GetApplicationRevision', usualMs: plan.groupMs },
		() =>
			watch.ask(
				'GetApplicationRevision',
				({ codeDeploy }, inner) => codeDeploy.getAppSpecContent(unread.application, unread.sha256, inner),
				signal,
			),
		signal,
	);
	if (!outcome.ok) return;
	watch.tell({ type: 'appSpec.received', id, content: outcome.value.content, at: clock.now() });
	schedule.answered(appSpecEntry, undefined);
}

/** Known under its own id, so that a question about a rollback can name the revision it returns to. */
async function readLastSuccessful(watch: Watch, signal: AbortSignal): Promise<void> {
	const { clock, schedule, plan } = watch;
	const last = watch.rollout().group.data?.lastSuccessful?.id;
	if (!last || watch.rollout(last).deployment.data !== undefined) return;
	const entry = lastEntry(last);
	if (!schedule.isDue(entry)) return;
	const outcome = await watch.attempt(
		{ part: 'deployment', id: last, entry, operation: 'GetDeployment', usualMs: plan.groupMs },
		() =>
			watch.ask('GetDeployment', ({ codeDeploy }, inner) => codeDeploy.getDeployment(last, inner), signal),
		signal,
	);
	if (outcome.ok) {
		watch.tell({ type: 'deployment.received', id: last, deployment: outcome.value, at: clock.now() });
		schedule.answered(entry, undefined);
	} else if (isLost(outcome.failure)) schedule.dropped(entry);
}

const lastEntry = (id: string): string => `last successful ${id}`;
