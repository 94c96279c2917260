import type { AlarmSnapshot } from '../../domain/alarm.ts';
import { comparisonSign } from '../../domain/alarm.ts';
import { formatTimestamp } from '../../lib/duration.ts';
import type { Rollout } from '../../monitor/state.ts';
import { isDeleted, selectAlarms } from '../alarm-strip.ts';
import { code, some, table } from './markdown.ts';

const rowLimit = 40;

/** The alarms that can stop the deployment, as they were last read; undefined when it has none. */
export function alarmsSection(rollout: Rollout): string | undefined {
	const alarms = selectAlarms(rollout);
	if (alarms.length === 0) return undefined;
	const { shown, more } = some(alarms, rowLimit);
	const rows = shown.map(entry => {
		const { name, alarm } = entry;
		if (!alarm) return [code(name), isDeleted(rollout, entry) ? 'does not exist' : 'not known', '', '', ''];
		const since = alarm.stateChangedAt === undefined ? '' : formatTimestamp(alarm.stateChangedAt);
		return [code(name), code(alarm.state), since, code(conditionOf(alarm)), code(alarm.reason)];
	});
	return table(['alarm', 'state', 'since', 'condition', 'reason'], rows) + more;
}

function conditionOf({ condition, rule }: AlarmSnapshot): string {
	if (!condition) return rule ?? '';
	const { statistic, metric, comparison, threshold, datapointsToAlarm, evaluationPeriods, periodSeconds } =
		condition;
	const measured = statistic === undefined ? metric : `${statistic}(${metric})`;
	const limit = threshold === undefined ? '' : ` ${threshold}`;
	return `${measured} ${comparisonSign(comparison)}${limit}, ${datapointsToAlarm} of ${evaluationPeriods} × ${periodSeconds} s`;
}
