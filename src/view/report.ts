import type { AuditEntry } from '../actions/audit.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { formatTimestamp } from '../lib/duration.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { selectFindings } from './diagnosis-case.ts';
import { alarmsSection } from './report/alarms.ts';
import { checklistSection } from './report/checklist.ts';
import { findingsSection } from './report/findings.ts';
import { affectedSection } from './report/hosts.ts';
import { code } from './report/markdown.ts';
import { summarySection } from './report/summary.ts';
import { timelineSection } from './report/timeline.ts';
import { trailSection } from './report/trail.ts';

export type ReportSources = {
	/** What was done to this deployment and its hosts, oldest first. */
	readonly audit: readonly AuditEntry[];
	/** Of this program. */
	readonly version: string;
};

/** Keeps a report. Returns where, as people write it; throws when it cannot be kept. `at` is epoch milliseconds. */
export type KeepReport = (deploymentId: DeploymentId, text: string, at: number) => string;

/**
 * The incident report of a deployment, in Markdown fit for a ticket: what is known at `state.now`. Text of AWS and of
 * hosts cannot become markup, and secrets are redacted. Lists are bounded, and say how much they leave out.
 */
export function reportMarkdown(state: AppState, rollout: Rollout, sources: ReportSources): string {
	const deployment = rollout.deployment.data;
	const name = deployment?.application
		? `${code(deployment.application)} / ${code(deployment.group ?? '?')}`
		: code(rollout.id);
	const sections: readonly (readonly [title: string, text: string | undefined])[] = [
		['Summary', summarySection(state, rollout)],
		['What happened', timelineSection(state, rollout, sources.audit)],
		['Findings', findingsSection(selectFindings(state, rollout), rollout)],
		['Affected targets', affectedSection(rollout)],
		['Alarms', alarmsSection(rollout)],
		['Checklist', checklistSection(state, rollout)],
		['Actions taken', trailSection(sources.audit)],
		['About this report', about(state, sources.version)],
	];
	const told = sections.flatMap(([title, text]) => (text === undefined ? [] : [`## ${title}\n\n${text}`]));
	return `${[`# Incident report: ${name}`, ...told].join('\n\n')}\n`;
}

const about = ({ now }: AppState, version: string): string =>
	[
		`Written by rollcall ${version} at ${formatTimestamp(now)}, from what AWS and the hosts had told it by then.`,
		'What looked like a secret was replaced by `[redacted]`. Read it before you pass it on: a secret that looks like nothing',
		'of the kind is still in it.',
	].join('\n');
