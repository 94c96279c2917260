import { nearest } from '../../lib/nearest.ts';
import { type Finding, finding, type Place, perhaps, quoted } from '../finding.ts';
import { type Field, fieldOf, kindOf, type SpecValue, textOf } from './document.ts';
import { duplicateKeys, unknownKeys } from './keys.ts';

/** A script as a hook names it. */
export type HookScript = {
	readonly event: string;
	/** As written. */
	readonly location: string;
	readonly place: Place;
};

/** AWS: the events that run scripts, in the order of a deployment with a load balancer. */
export const scriptEvents = [
	...['BeforeBlockTraffic', 'AfterBlockTraffic', 'ApplicationStop', 'BeforeInstall', 'AfterInstall'],
	...['ApplicationStart', 'ValidateService', 'BeforeAllowTraffic', 'AfterAllowTraffic'],
] as const;

const reserved = ['Start', 'BlockTraffic', 'DownloadBundle', 'Install', 'AllowTraffic', 'End'];

/** AWS: seconds that all scripts of an event have together. */
const eventLimit = 3600;

export function lintHooks(
	field: Field | undefined,
	spec: Place,
	os: 'linux' | 'windows',
): { readonly findings: readonly Finding[]; readonly scripts: readonly HookScript[] } {
	const missing = [finding('hook-validate-missing', field?.place ?? spec, 'no hook runs in ValidateService')];
	if (!field || field.value.type === 'null') return { findings: missing, scripts: [] };
	const { value } = field;
	if (value.type !== 'map') {
		const what = `hooks is ${kindOf(value)} where a mapping of events is expected`;
		return { findings: [finding('appspec-structure', value.place, what)], scripts: [] };
	}
	const findings: Finding[] = [...duplicateKeys(value, 'hooks')];
	const scripts: HookScript[] = [];
	for (const event of value.fields) {
		const unknown = lintEventName(event);
		findings.push(...unknown);
		const read = readScripts(event, os);
		findings.push(...read.findings);
		// The agent never comes to those of an event that does not exist.
		if (unknown.length === 0) scripts.push(...read.scripts);
	}
	const validates = scripts.some(({ event }) => event === 'ValidateService');
	return { findings: validates ? findings : [...findings, ...missing], scripts };
}

function lintEventName({ key, place }: Field): readonly Finding[] {
	if (scriptEvents.some(event => event === key)) return [];
	if (reserved.includes(key))
		return [finding('hook-reserved-event', place, `${key} is an event of CodeDeploy’s own`)];
	const guess = nearest(key.replaceAll(/[\s_-]/g, ''), scriptEvents);
	return [finding('hook-unknown-event', place, `there is no event ${quoted(key)}${perhaps(guess)}`)];
}

function readScripts({ key, value, place }: Field, os: 'linux' | 'windows') {
	const findings: Finding[] = [];
	const scripts: HookScript[] = [];
	if (value.type === 'null' || (value.type === 'list' && value.items.length === 0)) {
		return { findings: [finding('hook-empty', place, `${key} has no scripts`)], scripts };
	}
	if (value.type !== 'list') {
		const what = `${key} is ${kindOf(value)} where a list of scripts is expected`;
		return { findings: [finding('appspec-structure', value.place, what)], scripts };
	}
	let seconds = 0;
	for (const item of value.items) {
		if (item.type !== 'map') {
			const what = `a script of ${key} is ${kindOf(item)} where location is expected`;
			findings.push(finding('appspec-structure', item.place, what));
			continue;
		}
		const location = fieldOf(item, 'location');
		const text = textOf(location?.value);
		if (!location || text === undefined || text === '') {
			findings.push(finding('hook-location-missing', item.place, `a script of ${key} has no location`));
		} else scripts.push({ event: key, location: text, place: location.value.place });
		const timeout = lintTimeout(fieldOf(item, 'timeout'));
		seconds += timeout.seconds ?? 0;
		findings.push(...timeout.findings, ...duplicateKeys(item, `a script of ${key}`));
		findings.push(...unknownKeys(item, ['location', 'timeout', 'runas', 'sudo'], `a script of ${key}`));
		const runas = fieldOf(item, 'runas');
		if (os === 'windows' && runas) findings.push(finding('hook-runas-windows', runas.place, 'runas is set'));
	}
	if (seconds > eventLimit) {
		const sum = seconds.toLocaleString('en');
		findings.push(finding('hook-timeout-sum', place, `the timeouts of ${key} come to ${sum} s`));
	}
	return { findings, scripts };
}

/** AWS: Ruby’s idea of a number: of a text, the digits at its beginning. */
function lintTimeout(field: Field | undefined): {
	readonly findings: readonly Finding[];
	readonly seconds?: number;
} {
	if (!field || field.value.type === 'null') return { findings: [] };
	const { value } = field;
	const number = value.type === 'scalar' ? rubyInteger(value) : undefined;
	if (number === undefined || number <= 0) {
		return { findings: [finding('hook-timeout', value.place, `timeout is ${kindOf(value)}`)] };
	}
	const isPlain = value.type === 'scalar' && /^\s*\d+\s*$/.test(String(value.value));
	const what = `timeout ${kindOf(value)} counts as ${number} s`;
	return { seconds: number, findings: isPlain ? [] : [finding('hook-timeout-unit', value.place, what)] };
}

function rubyInteger({ value }: Extract<SpecValue, { type: 'scalar' }>): number | undefined {
	if (typeof value === 'boolean') return undefined;
	return typeof value === 'number' ? Math.trunc(value) : Number(/^\s*([+-]?\d+)/.exec(value)?.[1] ?? 0);
}
