import type { DeploymentId } from '../../../domain/ids.ts';
import type { RolloutEvent } from '../../events.ts';
import { failedPart, type Lookout } from '../lookout.ts';
import { activeRollouts, type Errand, entryAfter } from './errand.ts';

const allConfigs = 'configs';
const configEntry = (name: string): string => `config ${name}`;

/** The deployment configurations of what is active, each once: AWS lets nobody change one. */
export function configErrand(lookout: Lookout): Errand | undefined {
	const { schedule } = lookout;
	shareKnown(lookout);
	if (!schedule.isDue(allConfigs)) return undefined;
	const missing = unconfigured(lookout).find(({ name }) => schedule.isDue(configEntry(name)));
	return missing && { cost: 1, run: signal => readConfig(lookout, missing.name, signal) };
}

type Unconfigured = { readonly id: DeploymentId; readonly name: string };

const unconfigured = (lookout: Lookout): readonly Unconfigured[] =>
	activeRollouts(lookout).flatMap(({ id, config, data: { configName: name } }) =>
		name && config.data === undefined ? [{ id, name }] : [],
	);

/** One rollout's configuration is that of all that name it. */
function shareKnown(lookout: Lookout): void {
	const known = new Map(
		[...lookout.state().rollouts.values()].flatMap(({ config: { data } }) =>
			data ? [[data.name, data]] : [],
		),
	);
	const at = lookout.clock.now();
	const events = unconfigured(lookout).flatMap(({ id, name }): RolloutEvent[] => {
		const config = known.get(name);
		return config ? [{ type: 'config.received', id, config, at }] : [];
	});
	if (events.length > 0) lookout.tellRollouts(events);
}

async function readConfig(lookout: Lookout, name: string, signal: AbortSignal): Promise<void> {
	const { schedule, plan, clock } = lookout;
	const entry = configEntry(name);
	const ids = unconfigured(lookout)
		.filter(each => each.name === name)
		.map(({ id }) => id);
	const outcome = await lookout.attempt(
		{
			entry: entryAfter(entry, allConfigs),
			operation: 'GetDeploymentConfig',
			usualMs: plan.groupMs,
			told: failedPart(lookout, ids, 'config'),
		},
		() =>
			lookout.ask(
				'GetDeploymentConfig',
				({ codeDeploy }, inner) => codeDeploy.getDeploymentConfig(name, inner),
				signal,
			),
		signal,
	);
	if (!outcome.ok) return;
	const at = clock.now();
	lookout.tellRollouts(ids.map(id => ({ type: 'config.received', id, config: outcome.value, at })));
	schedule.answered(allConfigs, 0);
	schedule.answered(entry, 0);
}
