import { formatAccount } from '../../domain/arn.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import { formatAge } from '../../lib/duration.ts';
import type { ContextState } from '../../monitor/fleet/state.ts';
import { describeFailure } from '../freshness.ts';
import { cutSegments, dim, gap, type Line, line, segment } from '../line.ts';
import { matchesGlob } from '../protection.ts';

/** Older than this a picture that should have been renewed is shown as out of date. */
const staleAfterMs = 35_000;

type Problem = {
	readonly failure: FailureDetails;
	readonly retryAt: number | undefined;
	/** When what is shown was true; unset where nothing is. */
	readonly pictureAt: number | undefined;
	/** What could not be read, where that is not the list of deployments. */
	readonly what?: string;
};

/** What keeps a context from being told; undefined while all is well. */
export function contextProblem({ active, rollouts }: ContextState): Problem | undefined {
	if (active.failure) {
		return { failure: active.failure, retryAt: active.retryAt, pictureAt: active.dataAt };
	}
	const unread = (active.data ?? [])
		.flatMap(id => rollouts.get(id)?.deployment ?? [])
		.filter(({ failure }) => failure !== undefined);
	const [first] = unread;
	if (!first?.failure) return undefined;
	const what = `${unread.length} of ${active.data?.length} deployments not read`;
	return { failure: first.failure, retryAt: first.retryAt, pictureAt: first.dataAt, what };
}

/** Whether the rows of a context may no longer be true. */
export function isContextStale(state: ContextState, now: number): boolean {
	const { dataAt, failure } = state.active;
	return dataAt !== undefined && (failure !== undefined || now - dataAt > staleAfterMs);
}

/** `▲ staging: access denied: needs codedeploy:ListDeployments · tries again in 40 s · as of 2 min ago`; `isNamed`: without the label. */
export function contextProblemLine(
	of: ContextState,
	now: number,
	columns: number,
	isNamed = false,
): Line | undefined {
	const problem = contextProblem(of);
	if (!problem) return undefined;
	const { failure, retryAt, pictureAt, what } = problem;
	const retry = retryAt === undefined ? '' : retryAt > now ? ` in ${formatAge(retryAt - now)}` : ' now';
	const words = [
		`${isNamed ? '' : `${of.context.label}: `}${what === undefined ? '' : `${what}: `}${describeForContext(failure, of)}`,
		failure.kind === 'denied' ? 'rollcall iam-policy --for fleet tells what to grant' : '',
		retryAt === undefined ? '' : `tries again${retry}`,
		pictureAt === undefined ? '' : `as of ${formatAge(now - pictureAt)} ago`,
	].filter(word => word !== '');
	const [first = '', ...rest] = words;
	const segments = [segment(`▲ ${first}`, 'attention'), dim(rest.map(word => ` · ${word}`).join(''))];
	return line(gap(1), ...cutSegments(segments, columns - 2));
}

function describeForContext(failure: FailureDetails, { context }: ContextState): string {
	if (failure.kind !== 'denied') return describeFailure(failure, context.session.profile);
	const action = failure.action ?? failure.operation;
	// Whoever may list the deployments of some groups only may not list those of all.
	return `access denied: needs ${action}${action.endsWith('ListDeployments') ? ' for all groups' : ''}`;
}

/** Label, account and region; what the label says already is not said again. */
export function contextWords({ context, identity }: ContextState): readonly string[] {
	const { label, session } = context;
	const account = identity.data?.account;
	const words = [account === undefined ? '' : formatAccount(account), session.region];
	return [label, ...words.filter(word => word !== '' && !label.includes(word))];
}

/** The heading of a context's rows, in its own colour; where it has none, what is protected stands out. */
export function contextHeading(of: ContextState): Line {
	const { label, colour, session } = of.context;
	const isProtected = session.protectedPatterns.some(pattern =>
		[label, session.profile].some(name => name !== undefined && matchesGlob(pattern, name)),
	);
	const text = contextWords(of).join(' · ');
	const tone = isProtected ? 'attention' : 'plain';
	const mode = session.readOnly ? [dim('  read-only')] : [];
	return line(gap(1), { text, tone, bold: false, ...(colour && { colour }) }, ...mode);
}
