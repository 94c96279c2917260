import type { RecordReading } from '../../monitor/record/reading.ts';
import { lineText } from '../line.ts';
import { extentWords, recordLines } from './record-lines.ts';

/** Where there is no terminal nothing is cut that is of any use. */
const widest = 240;

/** The track record for `rollcall history`, a line each: `columns` cells at most, undefined where there is no terminal. */
export function historyText(
	reading: RecordReading,
	{
		now,
		columns,
		profile,
	}: { readonly now: number; readonly columns: number | undefined; readonly profile: string | undefined },
): readonly string[] {
	const { application, group } = reading.group;
	const frame = { now, columns: columns ?? widest, profile, keepsIds: true, airy: true };
	const lines = recordLines(reading, frame).map(({ line }) => lineText(line).trimEnd().replace(/^ /, ''));
	if (reading.record.deployments.length === 0)
		return [`${application} / ${group} has never been deployed to`];
	return [`${application} / ${group}: ${extentWords(reading)}`, ...lines];
}
