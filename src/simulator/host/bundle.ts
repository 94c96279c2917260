import { type AgentCase, agentCases } from '../data/agent-cases.ts';
import type { BundlePlace } from '../data/agent-log-lines.ts';
import { usualHook } from '../data/hook-output.ts';
import type { Deployment } from '../world/deployment.ts';
import { eventsOfOldRevision } from '../world/diagnose.ts';
import { revisionKey } from '../world/revision.ts';
import type { Failure } from '../world/script.ts';
import type { World } from '../world/world.ts';

/** Where the agent fetches the bundle from; undefined for a revision that is not in S3. */
export function bundleOf({ account }: World, { revision }: Deployment): BundlePlace | undefined {
	if (revision.revisionType !== 'S3') return undefined;
	const { bucket, key } = revision.s3Location;
	return { bucket, key, etag: account.buckets.get(bucket)?.objects.get(key)?.etag ?? '' };
}

type Platform = 'linux' | 'windows';

const hookEvents = [
	'ApplicationStop',
	'BeforeInstall',
	'AfterInstall',
	'ApplicationStart',
	'ValidateService',
];

const scriptText: Readonly<Record<Platform, string>> = {
	linux: '#!/bin/bash\nset -euo pipefail\n',
	windows: '$ErrorActionPreference = "Stop"\n',
};

/** The files of an unpacked bundle, by their paths within it, with the flaws that the story planted in them. */
export function bundleFiles(
	world: World,
	deployment: Deployment,
	platform: Platform,
): ReadonlyMap<string, string> {
	const application = deployment.group.applicationName;
	const all = world.scripts.get(revisionKey(deployment.revision))?.mishaps ?? [];
	// Some events run the scripts of the revision before.
	const mishaps = all.filter(({ event }) => !eventsOfOldRevision.has(event));
	const files = new Map<string, string>();
	const hooks = new Map<string, string>();
	for (const event of hookEvents) {
		const usual = usualHook(event, application, platform)?.script;
		const script = failingScript(mishaps.find(each => each.event === event)?.failure) || usual;
		if (script === undefined) continue;
		hooks.set(event, script);
		files.set(slashed(script), scriptText[platform]);
	}
	files.set('appspec.yml', appSpec(application, platform, hooks));
	for (const { failure } of mishaps) spoil(files, failure);
	return files;
}

function failingScript(failure: Failure | undefined): string | undefined {
	if (failure?.type === 'authored') return failure.diagnostics.scriptName;
	return failure?.type === 'agent' ? (failure.script ?? agentCases[failure.case].scriptName) : undefined;
}

function appSpec(application: string, platform: Platform, hooks: ReadonlyMap<string, string>): string {
	const destination = platform === 'linux' ? `/opt/${application}` : `c:\\apps\\${application}`;
	const files = `files:\n  - source: dist\n    destination: ${destination}\n`;
	const scripts = [...hooks].map(
		([event, script]) => `  ${event}:\n    - location: ${script}\n      timeout: 300\n`,
	);
	return `version: 0.0\nos: ${platform}\n${files}hooks:\n${scripts.join('')}`;
}

/** Makes the bundle what the agent stumbled over. */
function spoil(files: Map<string, string>, failure: Failure): void {
	if (failure.type !== 'agent') return;
	const seen: AgentCase = agentCases[failure.case];
	const name = slashed(failingScript(failure) ?? '');
	if (seen.script !== undefined) files.set(name, seen.script);
	if (seen.errorCode === 1) files.delete(name);
	if (!('appSpec' in seen)) return;
	if (seen.appSpec === undefined) files.delete('appspec.yml');
	else files.set('appspec.yml', seen.appSpec);
}

function slashed(path: string): string {
	return path.replaceAll('\\', '/');
}
