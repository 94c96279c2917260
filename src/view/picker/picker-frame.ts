import { formatAge } from '../../lib/duration.ts';
import { displayWidth, fitEnd } from '../../lib/width.ts';
import { type PickerState, shownGroups, shownList } from '../../monitor/picker/state.ts';
import type { Remote } from '../../monitor/remote.ts';
import { footerRule, keyPart } from '../footer.ts';
import { bodyHeight, hasRule } from '../frame.ts';
import { describeFailure } from '../freshness.ts';
import { markOf } from '../glyphs.ts';
import { bindingsOf } from '../keys/bindings.ts';
import {
	bold,
	cutSegments,
	dim,
	emptyLine,
	fill,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Segment,
	segment,
	spread,
} from '../line.ts';
import { toneOf } from '../notice-line.ts';
import { keepInSight } from '../target-list.ts';
import { isTiny } from '../tiny-frame.ts';
import { allPickerRows, type PickerRow, pickerCursor, pickerRows, userKeysIn } from './picker-rows.ts';

/** The whole picker: exactly as many lines as the terminal has rows, none wider than it has columns. */
export function selectPickerFrame(state: PickerState): readonly Line[] {
	const { columns, rows } = state.size;
	const lines = isTiny(state.size)
		? [...fill(listLines(state, rows - 1), rows - 1), filterLine(state)]
		: [
				headLine(state),
				...fill(bodyLines(state, bodyHeight(rows)), bodyHeight(rows)),
				filterLine(state),
				...(hasRule(rows) ? [footerRule(columns)] : []),
				footer(state),
			];
	return lines.map(each => ({ ...each, segments: cutSegments(each.segments, columns) }));
}

/** Rows of the list on the screen. */
export const pickerHeight = ({ size }: PickerState): number =>
	isTiny(size) ? Math.max(1, size.rows - 1) : Math.max(1, bodyHeight(size.rows) - headRows(size.rows));

/** Above the list: air, or nothing in a small pane. */
const headRows = (rows: number): number => (hasRule(rows) ? 1 : 0);

function headLine({ application, session, size }: PickerState): Line {
	const what = application === undefined ? 'choose an application' : 'choose a deployment group';
	const name = application === undefined ? [] : [bold(application), gap(2)];
	const place = [session.profile, session.region].filter(word => word !== undefined).join(' · ');
	return spread([segment(' rollcall ', 'chip'), gap(2), ...name, segment(what)], [dim(place)], size.columns);
}

function bodyLines(state: PickerState, height: number): readonly Line[] {
	const above = headRows(state.size.rows) === 0 ? [] : [emptyLine];
	return [...above, ...listLines(state, height - above.length)];
}

function listLines(state: PickerState, height: number): readonly Line[] {
	const rows = pickerRows(state);
	if (rows.length === 0) return [line(gap(3), ...emptyWords(state))];
	const cursor = pickerCursor(state, rows);
	const top = keepInSight(shownList(state).top, cursor, rows.length, height);
	const shown = rows.slice(top, top + height);
	const width = Math.min(40, Math.max(...rows.map(({ name }) => displayWidth(name))));
	return shown.map((row, index) => ({
		...rowLine(state, row, width),
		selected: top + index === cursor,
	}));
}

function rowLine(state: PickerState, { name, group }: PickerRow, width: number): Line {
	if (state.application === undefined) return line(gap(3), segment(name));
	const last = group?.lastAttempted;
	const status = last?.status ?? 'Unknown';
	const mark = last ? markOf(status) : { glyph: '·', tone: 'dim' as const };
	return line(
		gap(1),
		segment(`${mark.glyph} `, mark.tone),
		segment(fitEnd(name, width)),
		gap(2),
		...lastWords(),
	);

	function lastWords(): readonly Segment[] {
		if (!group) return [dim(shownGroups(state).facts.failure ? '' : 'asking')];
		if (!last) return [dim('never deployed')];
		const at = last.endedAt ?? last.createdAt;
		const age = at === undefined ? '' : `${formatAge(Math.max(0, state.now - at))} ago`;
		return [segment(fitEnd(status, 10), mark.tone), gap(2), dim(`${last.id}  ${age}`)];
	}
}

/** An empty list says why it is empty. */
function emptyWords(state: PickerState): readonly Segment[] {
	const remote: Remote<readonly string[]> =
		state.application === undefined ? state.applications : shownGroups(state).names;
	const { profile, region } = state.session;
	if (remote.failure && remote.data === undefined) {
		const retry =
			remote.retryAt === undefined ? '' : ` · next try in ${formatAge(remote.retryAt - state.now)}`;
		return [segment(`▲ ${describeFailure(remote.failure, profile)}${retry}`, 'attention')];
	}
	if (remote.data === undefined) return [dim('asking CodeDeploy')];
	if (allPickerRows(state).length > 0) return [dim('no name matches')];
	return [
		dim(state.application === undefined ? `no applications in ${region}` : 'this application has no groups'),
	];
}

/** What has been typed, how much it leaves, and what there is to say. */
function filterLine(state: PickerState): Line {
	const { filter } = shownList(state);
	const all = allPickerRows(state).length;
	const count = filter.trim() === '' ? `${all}` : `${pickerRows(state).length} of ${all}`;
	const typed = [bold('filter'), gap(1), segment(` ${filter}│`, 'chip'), dim(`  ${count}`)];
	return line(gap(1), ...typed, gap(3), ...newsOf(state));
}

function newsOf(state: PickerState): readonly Segment[] {
	const { asking, notice, session } = state;
	if (asking) return [dim(`asking what ${asking.application} / ${asking.group} does`)];
	if (notice && state.now - notice.at < noticeMs) return [segment(notice.text, toneOf(notice.tone))];
	const { failure } = shownGroups(state).facts;
	return failure ? [segment(`▲ ${describeFailure(failure, session.profile)}`, 'attention')] : [];
}

const noticeMs = 8_000;

function footer(state: PickerState): Line {
	const parts = bindingsOf('picker', userKeysIn(state))
		.filter(({ footer: keep, intent }) => keep > 0 && isOffered(state, intent))
		.map(binding => keyPart(binding, labelOf(state, binding.intent, binding.label), true));
	const hint = { segments: [dim('type to filter')], keep: 6 };
	return line(gap(1), ...joinParts(fitParts([...parts, hint], state.size.columns - 2, 2), 2));
}

const isOffered = (state: PickerState, intent: string): boolean =>
	intent === 'back' ? hasWayBack(state) : intent !== 'erase.all' || shownList(state).filter !== '';

const hasWayBack = (state: PickerState): boolean =>
	shownList(state).filter !== '' || (state.application !== undefined && !state.isGiven);

function labelOf(state: PickerState, intent: string, label: string): string {
	if (intent === 'open') return state.application === undefined ? 'its groups' : 'watch';
	if (intent === 'back') return shownList(state).filter === '' ? 'applications' : 'all names';
	return label;
}
