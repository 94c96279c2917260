import { clip } from '../lib/cut-text.ts';
import type { DiagnosisCase, Failure } from './case.ts';
import { openShell, runsOnHost, showDeployment, showTarget } from './commands.ts';
import { failuresOf } from './failures.ts';
import { confidences, type Evidence, type Finding } from './finding.ts';
import { judge } from './judge.ts';
import type { DeploymentVerdict, Verdict } from './rule.ts';
import { unknownError } from './rules/unknown.ts';
import { waitingHosts } from './rules/waiting-hosts.ts';
import { deploymentRules } from './rules.ts';
import { unite } from './unite.ts';
import { shorten } from './words.ts';

/**
 * What went wrong, best finding first: what ended the deployment as a whole, then what failed on its targets, the
 * largest groups first, then what else that may be, then what follows from it. Empty if nothing failed.
 */
export function diagnose(of: DiagnosisCase): readonly Finding[] {
	const judgements = failuresOf(of).flatMap(cluster => unite(cluster.map(failure => judge(failure))));
	const verdicts = deploymentVerdicts(of);
	const causes = verdicts.filter(({ place }) => place === 'cause');
	const explained = judgements.filter(({ failure, best }) => !isExplained(failure, best, causes));
	const failed = byWeight(explained.map(({ failure, best }) => findingOf(best, of, failure)));
	const others = byWeight(
		explained.flatMap(({ failure, others }) => others.map(other => findingOf(other, of, failure))),
	);
	const consequences = verdicts.filter(({ place }) => place === 'consequence');
	return merge([
		...causes.map(verdict => findingOf(verdict, of)),
		...failed,
		...others,
		...waitingHosts(of).map(verdict => findingOf(verdict, of)),
		...consequences.map(verdict => findingOf(verdict, of)),
	]);
}

function deploymentVerdicts(of: DiagnosisCase): readonly DeploymentVerdict[] {
	const verdicts = deploymentRules.flatMap(rule => rule(of) ?? []);
	const { error } = of.deployment;
	if (error === undefined || verdicts.some(({ cause }) => !beside.has(cause))) return verdicts;
	return [unknownError(of, error), ...verdicts];
}

/** What is told beside an error code, and does not explain it. */
const beside: ReadonlySet<string> = new Set([
	'auto-scaling-launch',
	'auto-scaling-termination',
	'auto-scaling-update',
	'rollback-failed',
]);

/** A failure of which nobody said a word, where what ended the deployment says enough. */
function isExplained(failure: Failure, best: Verdict, causes: readonly DeploymentVerdict[]): boolean {
	if (best.cause !== 'unknown-failure' || failure.report !== 'silent') return false;
	return causes.some(({ cause }) => cause !== 'unknown-failure');
}

function findingOf(
	verdict: Verdict & Pick<DeploymentVerdict, 'targets'>,
	of: DiagnosisCase,
	failure?: Failure,
): Finding {
	const {
		cause,
		title,
		why,
		confidence,
		severity = 'error',
		evidence = [],
		steps,
		commands = [],
		docs,
	} = verdict;
	return {
		cause,
		title: shorten(title, 60),
		why,
		confidence,
		severity: severity === 'error' && of.deployment.status === 'Succeeded' ? 'warning' : severity,
		targets: failure?.targets ?? verdict.targets ?? [],
		...(failure?.event && { event: failure.event }),
		...(failure?.script && { script: failure.script }),
		evidence: [
			...(failure ? messageEvidence(failure) : verdict.targets ? [] : errorEvidence(of)),
			...evidence,
		].map(tidy),
		remedy: { steps, commands: commandsOf(commands, of, failure) },
		docs,
	};
}

/** What runs here comes first, then what goes to the host and runs there; there is always something to look at. */
function commandsOf(
	commands: readonly string[],
	of: DiagnosisCase,
	failure: Failure | undefined,
): readonly string[] {
	if (commands.length === 0) return [failure ? showTarget(failure) : showDeployment(of)];
	const here = commands.filter(command => !runsOnHost(command));
	const there = commands.filter(runsOnHost);
	const shell = failure && there.length > 0 ? openShell(of, failure.targets[0]) : [];
	return [...new Set([...here, ...shell, ...there])];
}

const messageEvidence = ({ message, targets }: Failure): readonly Evidence[] =>
	message === '' ? [] : [{ source: 'message', text: message, where: targets[0] }];

const errorEvidence = ({ deployment: { error } }: DiagnosisCase): readonly Evidence[] =>
	error === undefined
		? []
		: [{ source: 'api', text: `${error.code}: ${error.message}`, where: 'errorInformation' }];

const tidy = (evidence: Evidence): Evidence => ({ ...evidence, text: clip(evidence.text, 400) });

/** Larger groups first, then the surer finding; equal ones stay in the order of their failures. */
const byWeight = (findings: readonly Finding[]): readonly Finding[] =>
	[...findings].sort(
		(a, b) =>
			b.targets.length - a.targets.length ||
			confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence),
	);

/** A finding about the deployment that one about a target tells as well is told there, with the evidence of both. */
function merge(findings: readonly Finding[]): readonly Finding[] {
	const merged: Finding[] = [];
	for (const finding of findings) {
		const index = merged.findIndex(known => known.cause === finding.cause && known.targets.length === 0);
		const known = merged[index];
		if (known) merged[index] = { ...finding, evidence: [...finding.evidence, ...known.evidence] };
		else merged.push(finding);
	}
	return merged;
}
