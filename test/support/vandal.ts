import { sanitizeText } from '../../src/lib/sanitize.ts';
import type { Listening } from './between.ts';
import { hostileFragments } from './text-arbitraries.ts';

/** Members of AWS's answers that hold what somebody has written, and that are never sent back. */
const written = new Set([
	'description',
	'message',
	'rollbackMessage',
	'scriptName',
	'logTail',
	'deploymentStatusMessages',
	'creator',
	'AlarmDescription',
	'StateReason',
	'HistorySummary',
	'Documentation',
]);

const longLine = 'm'.repeat(1_000_000);

/** Every fragment, those that take the rest of the line with them last. */
const vandalism = [...hostileFragments.filter(text => !/[\n\r]/.test(text))].reverse().join('·');

/** Writes hostile text over every member that anybody can fill. `tamed`: as it would be after sanitising. */
export function vandal(tamed: boolean, isLong = false): Listening {
	const spoil = (text: string): string => {
		const spoilt = `${text} ${isLong ? longLine : ''}${vandalism}\r\n\tnext \x1b]8;;never ends`;
		return tamed ? sanitizeText(spoilt) : spoilt;
	};
	const walk = (value: unknown, name: string): unknown => {
		if (typeof value === 'string') return written.has(name) && value !== '' ? spoil(value) : value;
		if (Array.isArray(value)) return value.map(each => walk(each, name));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, key)]));
	};
	return {
		answered: (_operation, body) =>
			body.startsWith('{') ? JSON.stringify(walk(JSON.parse(body), '')) : body,
	};
}
