import { type Failure, runsPreviousRevision } from '../case.ts';
import { onHost, redeploy } from '../commands.ts';
import { docs } from '../docs.ts';
import { isWindows } from '../host.ts';
import type { FailureRule, Verdict } from '../rule.ts';
import { apiEvidence } from '../rule.ts';

/**
 * ApplicationStop, BeforeBlockTraffic and AfterBlockTraffic run the scripts of the revision that is on the host, so a
 * new bundle cannot repair them (AWS user guide: failed ApplicationStop, BeforeBlockTraffic, and AfterBlockTraffic).
 */
const ignoring = { 'ignore-application-stop-failures': true } as const;

/** The last successful installation is remembered, but its folder is gone or empty. */
export const previousRevisionMissing: FailureRule = failure => {
	if (!runsPreviousRevision(failure.event, failure.case)) return undefined;
	if (!/did not find an AppSpec file|^No such file or directory.*deployment-archive/.test(failure.message))
		return undefined;
	return {
		cause: 'previous-revision-missing',
		title: 'The files of the previous revision are gone',
		why: `${failure.event} runs scripts of the revision that was installed before. The agent remembers where that was, but its AppSpec is no longer there.`,
		confidence: 'certain',
		steps: [
			'Deploy again and ignore failures of the previous revision: the new one then takes its place.',
			'Or remove the file that remembers the last successful installation on each of these hosts.',
		],
		commands: [...redeploy(failure.case, ignoring), showRemembered(failure)],
		docs: docs.previousRevision,
	};
};

/** Told beside the finding about the script itself: it decides what helps. */
export function previousRevisionNote(failure: Failure): Verdict | undefined {
	if (!runsPreviousRevision(failure.event, failure.case) || failure.script === '') return undefined;
	return {
		cause: 'previous-revision-script',
		title: `${failure.event} runs the script of the previous revision`,
		why: 'The failing script was installed by the last successful deployment. Changing it in the new bundle does not help this deployment.',
		confidence: 'certain',
		severity: 'warning',
		evidence: [apiEvidence('lifecycleEventName', failure.event)],
		steps: [
			'Deploy again and ignore failures of these events: the new revision brings its own scripts.',
			'Or repair the script on the hosts, where the last successful installation lies.',
		],
		commands: [...redeploy(failure.case, ignoring), showRemembered(failure)],
		docs: docs.previousRevision,
	};
}

function showRemembered(failure: Failure): string {
	const { case: of, targets } = failure;
	const group = of.group?.id === undefined ? '*' : of.group.id.replace(/[^\w-]/g, '');
	const file = `${group}_last_successful_install`;
	return onHost(
		targets[0],
		isWindows(failure)
			? `Get-Content 'C:\\ProgramData\\Amazon\\CodeDeploy\\deployment-instructions\\${file}'`
			: `sudo sh -c 'cat /opt/codedeploy-agent/deployment-root/deployment-instructions/${file}'`,
	);
}
