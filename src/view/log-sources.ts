import type { LogSource } from '../monitor/ui-state.ts';

/** Where a log can be read from, in the order of Tab. */
const sources: readonly LogSource[] = ['tail', 'scripts', 'agent', 'deployments'];

/** As people call them. */
export const logSourceNames: Readonly<Record<LogSource, string>> = {
	tail: 'log tail',
	scripts: 'scripts.log',
	agent: 'agent log',
	deployments: 'deployments log',
};

/** The source after this one, or before it, around the end. */
export function stepSource(from: LogSource, by: 1 | -1): LogSource {
	const at = sources.indexOf(from) + by;
	return sources[(at + sources.length) % sources.length] ?? 'tail';
}
