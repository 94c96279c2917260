import { actionFor, commandLine } from '../../actions/action.ts';
import { isConfirmable, obstaclesOf, optionsOf } from '../../actions/deploy.ts';
import { planDifference } from '../../actions/deploying/difference.ts';
import { planImpact } from '../../actions/deploying/impact.ts';
import type { PlanObstacle } from '../../actions/deploying/obstacles.ts';
import type { PreflightId } from '../../diagnosis/preflight/check.ts';
import { isReading } from '../../monitor/reduce-ui.ts';
import { type AppState, userKeysOf } from '../../monitor/state.ts';
import type { Confirmation, DeployRequest } from '../../monitor/ui-state.ts';
import { keyIn } from '../keys/hint.ts';
import { focusedLayer } from '../keys/layer.ts';
import { bold, dim, emptyLine, gap, type Line, segment, spread } from '../line.ts';
import { answerLines, impactLines, paragraph } from '../question-lines.ts';
import { layOutQuestion, type QuestionLayout } from '../question-window.ts';
import { candidateLines } from './candidates.ts';
import { differenceLines } from './difference.ts';
import { fromAndToLines } from './headline.ts';
import { optionLines } from './options.ts';

/** The question before a deployment, in at most `height` lines. */
export const deployQuestionBody = (
	state: AppState,
	confirmation: Confirmation,
	request: DeployRequest,
	height: number,
): readonly Line[] => layOutDeployQuestion(state, confirmation, request, height).lines;

/** The answer is never cut: what is said about it can be scrolled. */
export function layOutDeployQuestion(
	state: AppState,
	confirmation: Confirmation,
	request: DeployRequest,
	height: number,
): QuestionLayout {
	const parts = {
		title: actionFor(request).title,
		name: `${request.to.application} / ${request.to.group}`,
		about: deployAbout(state, request, height >= 12),
		answer: deployAnswer(state, confirmation, request),
		top: confirmation.top,
	};
	return layOutQuestion(parts, state.ui.size.columns, height);
}

/** All that is said before the answer. */
export function deployAbout(state: AppState, request: DeployRequest, isAiry: boolean): readonly Line[] {
	const sections = request.plan
		? plannedSections(state, request)
		: [unplannedLines(state, request), candidateLines(state, request)];
	const told = sections.filter(({ length }) => length > 0);
	return told.flatMap((section, index) => (index > 0 && isAiry ? [emptyLine, ...section] : section));
}

function unplannedLines(state: AppState, request: DeployRequest): readonly Line[] {
	const { columns } = state.ui.size;
	if (request.problem !== undefined) return paragraph(`✗ ${request.problem}`, columns, 'failed');
	const id = request.from === 'last-successful' ? 'the last that succeeded' : request.from;
	const preflight = request.purpose === 'redeploy' ? ' The preflight runs first.' : '';
	const text = `Reading what would be deployed: ${id}, the group, its bundle and its alarms.${preflight}`;
	return paragraph(text, columns, 'dim');
}

function plannedSections(state: AppState, request: DeployRequest): readonly (readonly Line[])[] {
	const { columns } = state.ui.size;
	const { plan } = request;
	if (!plan) return [];
	const options = optionsOf(request);
	const { rows, notes, warnings } = planImpact(plan, options);
	const action = actionFor(request);
	return [
		obstaclesOf(request).flatMap(obstacle => obstacleLines(state, obstacle)),
		fromAndToLines(state, plan),
		[
			...preflightLines(request, columns),
			...warnings.flatMap(warning => paragraph(`▲ ${warning}`, columns, 'attention')),
		],
		optionLines(state, request),
		candidateLines(state, request),
		impactLines(rows, columns),
		differenceLines(planDifference(plan, options), columns),
		notes.flatMap(note => paragraph(note, columns, 'plain')),
		action.command.length === 0 ? [] : paragraph(commandLine(action, state), columns, 'dim'),
	];
}

/** What the preflight has found, but for what the plan itself says of alarms, rollback, bundle and group. */
function preflightLines({ preflight }: DeployRequest, columns: number): readonly Line[] {
	if (preflight === undefined) return [];
	const found = preflight.filter(({ id, severity }) => !isToldByPlan.has(id) && severity !== 'info');
	const problems = found.filter(({ verdict }) => verdict === 'problem');
	if (problems.length === 0) {
		return paragraph('✓ The preflight has found nothing else that would make it fail.', columns, 'succeeded');
	}
	return problems.flatMap(({ title, summary, severity }) => {
		const isError = severity === 'error';
		return paragraph(
			`${isError ? '✗' : '▲'} ${title}: ${summary}`,
			columns,
			isError ? 'failed' : 'attention',
		);
	});
}

const isToldByPlan: ReadonlySet<string> = new Set<PreflightId>([
	'busy',
	'automatic-rollback',
	'alarms',
	'bundle',
]);

function obstacleLines(state: AppState, obstacle: PlanObstacle): readonly Line[] {
	const { columns } = state.ui.size;
	const advice = adviceOn(state, obstacle);
	return [
		...paragraph(`✗ ${obstacle.text}`, columns, 'failed'),
		...(advice === undefined ? [] : paragraph(`→ ${advice}`, columns, 'plain')),
	];
}

/** What can be done about it from here, by its key. */
function adviceOn(state: AppState, { kind }: PlanObstacle): string | undefined {
	const layer = focusedLayer(state.ui);
	const key = (intent: Parameters<typeof keyIn>[1]) => keyIn(layer, intent, userKeysOf(state));
	switch (kind) {
		case 'busy':
			return `wait for its end, or go to it (${keyIn('deployment', 'goto', userKeysOf(state))}) and stop it there`;
		case 'alarm':
			return `wait until it is over, or override the alarms of the group: ${key('option.alarms')}`;
		case 'bundle':
		case 'app-spec':
			return `choose another deployment (${key('vary')}), or mend that first`;
		case 'revision':
			return undefined;
	}
}

function deployAnswer(state: AppState, confirmation: Confirmation, request: DeployRequest): readonly Line[] {
	const { columns } = state.ui.size;
	if (confirmation.sending || isConfirmable(request)) {
		return answerLines(confirmation, actionFor(request).title, columns, userKeysOf(state));
	}
	const key = keyIn(focusedLayer(state.ui), 'cancel', userKeysOf(state));
	const why = isReading(request) ? 'reading …' : 'cannot be done as it is';
	return [spread([gap(2), segment(' Cancel ', 'chip'), bold(`  ${key}`), gap(3), dim(why)], [], columns)];
}
