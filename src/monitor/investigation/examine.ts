import type { TargetId } from '../../domain/ids.ts';
import { type AskedBundle, examineBundle } from './bundle.ts';
import type { Examination } from './examination.ts';
import { examineInstanceRoles } from './instance-role.ts';
import { examineInstances, examinePings, examineStatuses } from './instances.ts';
import { examineOnHost } from './on-host.ts';
import { examineServiceRole } from './service-role.ts';
import { examineShippedLogs } from './shipped-logs.ts';

/** Finds out about the account and these hosts, all at once; what a part needs of another it waits for. */
export async function examine(exam: Examination, targets: readonly TargetId[]): Promise<void> {
	const bundle = examineBundle(exam);
	const hosts = targets.length > 0 ? examineHosts(exam, targets, bundle) : undefined;
	await Promise.all([examineServiceRole(exam), bundle, hosts]);
}

async function examineHosts(
	exam: Examination,
	targets: readonly TargetId[],
	bundle: Promise<AskedBundle>,
): Promise<void> {
	const instanceOf = examineInstances(exam, targets);
	const statusOf = examineStatuses(exam, targets);
	const pingOf = examinePings(exam, targets);
	const examineRoleOf = examineInstanceRoles(exam, bundle);

	const examineHost = async (targetId: TargetId) => {
		const instance = instanceOf(targetId);
		const reading = Promise.all([pingOf(targetId), instance, examineShippedLogs(exam, targetId)]);
		await Promise.all([
			statusOf(targetId),
			instance.then(known => examineRoleOf(targetId, known)),
			// Which commands there are hangs on the instance's platform, and on the logs that are not shipped.
			reading.then(([ping, , notShipped]) => examineOnHost(exam, targetId, ping, notShipped)),
		]);
	};
	await Promise.all(targets.map(examineHost));
}
