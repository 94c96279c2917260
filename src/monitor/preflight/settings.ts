import { type Asked, answerOf, nothing } from '../../diagnosis/knowledge.ts';
import type { PastDeployment } from '../../diagnosis/preflight/facts.ts';
import type { AlarmSnapshot } from '../../domain/alarm.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import { nextDeployment } from '../../domain/next-deployment.ts';
import { maxAlarmsPerCall } from '../../gateway/gateway.ts';
import { askForServiceRole } from '../investigation/service-role.ts';
import type { Examined } from './examined.ts';

/** What the group's settings name: its configuration, its alarms and its role. */
export async function examineSettings(
	exam: Examined,
	past: Promise<Asked<readonly PastDeployment[]>>,
): Promise<void> {
	const group = await exam.group;
	if ('unanswered' in group) {
		exam.learn({ config: group, alarms: group, serviceRole: group });
		return;
	}
	await Promise.all([
		examineConfig(exam, group.answer),
		examineAlarms(exam, group.answer),
		examineServiceRole(exam, group.answer, past),
	]);
}

async function examineConfig(
	{ ask, learn }: Examined,
	{ configName }: DeploymentGroupSnapshot,
): Promise<void> {
	if (configName === undefined) {
		learn({ config: { answer: nothing } });
		return;
	}
	const config = await ask('GetDeploymentConfig', ({ codeDeploy }, signal) =>
		codeDeploy.getDeploymentConfig(configName, signal),
	);
	learn({ config });
}

/** Those that are switched off, too: they could be switched on. */
async function examineAlarms({ ask, learn }: Examined, group: DeploymentGroupSnapshot): Promise<void> {
	// AWS: fewer belong to a group than are told in a call.
	const names = (group.alarms?.alarms ?? []).slice(0, maxAlarmsPerCall);
	const none: Asked<readonly AlarmSnapshot[]> = { answer: [] };
	const describe = () => ask('DescribeAlarms', ({ alarms }, signal) => alarms.describeAlarms(names, signal));
	learn({ alarms: names.length === 0 ? none : await describe() });
}

/** Which functions the role has to be allowed is known from what was deployed before. */
async function examineServiceRole(
	{ ask, learn, region, revision }: Examined,
	group: DeploymentGroupSnapshot,
	past: Promise<Asked<readonly PastDeployment[]>>,
): Promise<void> {
	const targets = async () =>
		group.platform === 'Lambda' ? (answerOf(await past) ?? []).flatMap(each => each.targets) : [];
	const deployment = nextDeployment(group, revision);
	learn({ serviceRole: await askForServiceRole(ask, { deployment, group, targets, region }) });
}
