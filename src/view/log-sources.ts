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

/** The same within a sentence. */
export const logSubjects: Readonly<Record<LogSource, string>> = {
	tail: 'the log tail',
	scripts: 'scripts.log',
	agent: 'the agent log',
	deployments: 'the deployments log',
};

/** The source after this one, or before it, around the end. */
export function stepSource(from: LogSource, by: 1 | -1): LogSource {
	const at = sources.indexOf(from) + by;
	return sources[(at + sources.length) % sources.length] ?? 'tail';
}
