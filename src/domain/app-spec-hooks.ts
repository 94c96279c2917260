import { sanitizeLine } from '../lib/sanitize.ts';

/** What an AppSpec for Amazon ECS or AWS Lambda says of its hooks, as JSON or as YAML (AWS: AppSpec file structure). */

export type AppSpecHook = {
	readonly event: string;
	/** Name or ARN of the function, as written. */
	readonly functionName: string;
};

/** The hooks in the order they are written; empty for what cannot be read. */
export function appSpecHooks(content: string | undefined): readonly AppSpecHook[] {
	if (content === undefined) return [];
	const parsed = parse(content);
	if (isRecord(parsed)) return hooksOf(parsed);
	const lines = content.split('\n');
	const begins = lines.findIndex(line => /^hooks\s*:/i.test(line));
	return begins < 0 ? [] : [...yamlHooks(lines.slice(begins + 1))];
}

/** The log group that AWS Lambda gives a function unless it is configured otherwise. */
export function hookLogGroup({ functionName }: AppSpecHook): string {
	const name = /:function:(?<name>[^:]+)/.exec(functionName)?.groups?.name ?? functionName.split(':')[0];
	return `/aws/lambda/${name}`;
}

function* yamlHooks(lines: readonly string[]): Generator<AppSpecHook> {
	for (const line of lines) {
		if (/^[^\s#-]/.test(line)) return;
		const { event, name } =
			/^\s*-?\s*["'{]*\s*["']?(?<event>\w+)["']?\s*:\s*["']?(?<name>[^"'\s}]+)/.exec(line)?.groups ?? {};
		if (event !== undefined && name !== undefined) yield { event, functionName: name };
	}
}

function hooksOf(document: Readonly<Record<string, unknown>>): readonly AppSpecHook[] {
	const hooks = document.Hooks ?? document.hooks;
	const entries = (Array.isArray(hooks) ? hooks : []).flatMap((hook: unknown) =>
		isRecord(hook) ? Object.entries(hook) : [],
	);
	// What was escaped in the JSON, and so harmless, is not when it has been parsed.
	return entries.flatMap(([event, name]) =>
		typeof name === 'string' ? [{ event: sanitizeLine(event), functionName: sanitizeLine(name) }] : [],
	);
}

function parse(content: string): unknown {
	try {
		return JSON.parse(content);
	} catch {
		return undefined;
	}
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
