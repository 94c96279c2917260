import { deploymentConsoleUrl, instanceConsoleUrl } from '../domain/console-link.ts';
import { isEc2InstanceId, type TargetId } from '../domain/ids.ts';
import { type AppState, watchedRollout } from '../monitor/state.ts';
import { currentScreen, type Screen } from '../monitor/ui-state.ts';

/** The page of the AWS console for what is looked at: that of the EC2 instance where it is one, else the deployment's. */
export function consolePage(state: AppState): string {
	const { region } = state.session;
	const rollout = watchedRollout(state);
	const targetId = hostOnScreen(currentScreen(state.ui));
	const isInstance = targetId !== undefined && rollout.targets.get(targetId)?.kind === 'instance';
	return isInstance && isEc2InstanceId(targetId)
		? instanceConsoleUrl(region, targetId)
		: deploymentConsoleUrl(region, rollout.id);
}

function hostOnScreen(screen: Screen): TargetId | undefined {
	switch (screen.type) {
		case 'target':
		case 'logs':
		case 'checklist':
			return screen.targetId;
		default:
			return undefined;
	}
}
