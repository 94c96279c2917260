import type { Impact } from '../../actions/action.ts';
import type { PlanDifference } from '../../actions/deploying/difference.ts';
import { obstacleLine, type PlanObstacle } from '../../actions/deploying/obstacles.ts';
import { planTitle } from '../../actions/deploying/order.ts';
import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import type { DeployPlan } from '../../domain/deploy-plan.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { describeRevision, nameRevision, type Revision } from '../../domain/revision.ts';
import { formatAge } from '../../lib/duration.ts';
import { diffHunks } from '../../lib/line-diff.ts';
import { displayWidth, fitEnd } from '../../lib/width.ts';
import { markOf } from '../glyphs.ts';
import { preflightDigest } from '../preflight/preflight-text.ts';

/** All that is said before a deployment is confirmed. */
export type ToldPlan = {
	readonly plan: DeployPlan;
	readonly difference: PlanDifference;
	readonly impact: Impact;
	readonly obstacles: readonly PlanObstacle[];
	/** What was looked at before, where it was; what the plan says itself is left out. */
	readonly preflight?: readonly PreflightCheck[];
	/** To copy; undefined when there is nothing to deploy. */
	readonly command: string | undefined;
	/** Epoch milliseconds. */
	readonly now: number;
};

/** The plan as plain lines, the most important first: what, onto what, what changes, what is in the way, the command. */
export function planLines({
	plan,
	difference,
	impact,
	obstacles,
	preflight = [],
	command,
	now,
}: ToldPlan): readonly string[] {
	const { group, revision, from, latest } = plan;
	const deployed = [
		['now', latest === undefined ? 'never deployed to' : deploymentWords(latest, now)],
		...(revision === undefined
			? []
			: [
					['deploys', revisionWords(revision)],
					...(from === undefined ? [] : [['taken from', deploymentWords(from, now)]]),
				]),
	];
	return [
		`${planTitle(plan)}: ${group.application} / ${group.name}`,
		...aligned(deployed),
		...section('What changes', differenceLines(difference)),
		...section('What it does', [
			...impact.rows.map(({ what, outcome }) => `  ${what} → ${outcome}`),
			...impact.notes.map(note => `  ${note}`),
		]),
		...section(
			'Know before',
			impact.warnings.map(warning => `  ▲ ${warning}`),
		),
		...section(
			'Preflight',
			preflightDigest(preflight).map(line => `  ${line}`),
		),
		...section(
			'In the way',
			obstacles.map(obstacle => `  ✗ ${obstacleLine(obstacle)}`),
		),
		...section('As a command', command === undefined ? [] : [`  ${command}`]),
	];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
	lines.length === 0 ? [] : ['', title, ...lines];

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
	const width = Math.max(0, ...rows.map(([label = '']) => displayWidth(label)));
	return rows.map(([label = '', text = '']) => `  ${fitEnd(label, width)}  ${text}`);
}

/** An AppSpec has no place to be told beside its name. */
const revisionWords = (revision: Revision): string =>
	revision.type === 'appSpec'
		? describeRevision(revision)
		: `${nameRevision(revision)} (${describeRevision(revision)})`;

/** `build-4711, d-9FG52BI40 ✗ Failed 12 min ago`. */
function deploymentWords(deployment: DeploymentSnapshot, now: number): string {
	const { id, status, revision, completedAt, createdAt } = deployment;
	const at = completedAt ?? createdAt;
	const name = revision === undefined ? 'an unknown revision' : nameRevision(revision);
	const age = at === undefined ? '' : ` ${formatAge(now - at)} ago`;
	return `${name}, ${id} ${markOf(status).glyph} ${status}${age}`;
}

/** What stays as it is is left out. */
function differenceLines({ rows, appSpec }: PlanDifference): readonly string[] {
	const changed = rows.filter(({ isSame }) => !isSame);
	const lines = aligned(
		changed.map(({ label, current, wanted }) => [label, `${current ?? '(none)'} → ${wanted ?? '(none)'}`]),
	);
	return [...lines, ...(appSpec === undefined ? [] : appSpecLines(appSpec))];
}

const signs = { same: ' ', removed: '-', added: '+' } as const;

function appSpecLines(lines: NonNullable<PlanDifference['appSpec']>): readonly string[] {
	if (lines.every(({ op }) => op === 'same')) return ['  The AppSpec stays the same.'];
	return diffHunks(lines, 2).map(each =>
		each.op === 'skipped' ? `    … ${each.count} lines the same` : `    ${signs[each.op]} ${each.text}`,
	);
}
