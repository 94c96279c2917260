import { type AgentCase, agentCases } from '../data/agent-cases.ts';
import type { BundlePlace } from '../data/agent-log-lines.ts';
import { usualHook } from '../data/hook-output.ts';
import type { Deployment } from '../world/deployment.ts';
import { eventsOfOldRevision } from '../world/diagnose.ts';
import { revisionKey } from '../world/revision.ts';
import type { Mishap } from '../world/script.ts';
import type { World } from '../world/world.ts';

/** Where the agent fetches the bundle from; undefined for a revision that is not in S3. */
export function bundleOf({ account }: World, { revision }: Deployment): BundlePlace | undefined {
	if (revision.revisionType !== 'S3') return undefined;
	const { bucket, key } = revision.s3Location;
	return { bucket, key, etag: account.buckets.get(bucket)?.objects.get(key)?.etag ?? '' };
}

const hookEvents = [
	'ApplicationStop',
	'BeforeInstall',
	'AfterInstall',
	'ApplicationStart',
	'ValidateService',
];

/** The files of an unpacked bundle, by their paths within it, with the flaws that the story planted in them. */
export function bundleFiles(
	world: World,
	deployment: Deployment,
	platform: 'linux' | 'windows',
): ReadonlyMap<string, string> {
	const application = deployment.group.applicationName;
	const files = new Map<string, string>();
	const hooks: string[] = [];
	for (const event of hookEvents) {
		const script = usualHook(event, application, platform)?.script;
		if (script === undefined) continue;
		hooks.push(`  ${event}:\n    - location: ${script}\n      timeout: 300\n`);
		const isWindows = platform === 'windows';
		const text = isWindows ? '$ErrorActionPreference = "Stop"\n' : '#!/bin/bash\nset -euo pipefail\n';
		files.set(script.replaceAll('\\', '/'), text);
	}
	const destination = platform === 'linux' ? `/opt/${application}` : `c:\\apps\\${application}`;
	files.set(
		'appspec.yml',
		`version: 0.0\nos: ${platform}\nfiles:\n  - source: dist\n    destination: ${destination}\nhooks:\n${hooks.join('')}`,
	);
	const mishaps = world.scripts.get(revisionKey(deployment.revision))?.mishaps ?? [];
	for (const mishap of mishaps) if (!eventsOfOldRevision.has(mishap.event)) spoil(files, mishap);
	return files;
}

function spoil(files: Map<string, string>, { failure }: Mishap): void {
	if (failure.type !== 'agent') return;
	const seen: AgentCase = agentCases[failure.case];
	const name = failure.script ?? seen.scriptName;
	if (seen.script !== undefined) files.set(name, seen.script);
	else if (name !== '' && seen.errorCode !== 1) files.set(name, '#!/bin/bash\nset -e\n');
	if (!('appSpec' in seen)) return;
	if (seen.appSpec === undefined) files.delete('appspec.yml');
	else files.set('appspec.yml', seen.appSpec);
}
