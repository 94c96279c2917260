import type { BundleHead } from '../../domain/bundle.ts';
import type { DeployPlan, PlannedAppSpecs, Read } from '../../domain/deploy-plan.ts';
import { isRead } from '../../domain/deploy-plan.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import type { AppSpecText, Revision } from '../../domain/revision.ts';
import { GatewayFailure } from '../../gateway/failure.ts';
import type { AllGateways } from '../../gateway/investigation.ts';
import { type GroupPast, readGroupPast, selectCandidates, selectUsual } from './group-past.ts';
import { type DeployWish, ImpossibleWishError } from './wish.ts';

export type PlanParts = {
	readonly gateways: Pick<AllGateways, 'codeDeploy' | 'alarms' | 'bundles'>;
	readonly signal: AbortSignal;
};

/**
 * All that has to be known to deploy to a group from here; nothing is changed. About ten calls, whatever the group's
 * history. What only tells more (bundle, alarms, AppSpecs) may stay unread; throws GatewayFailure when the group or its
 * deployments cannot be read, and {@link ImpossibleWishError} for a deployment that cannot be taken from.
 */
export async function readDeployPlan(wish: DeployWish, parts: PlanParts): Promise<DeployPlan> {
	const { purpose } = wish;
	const { codeDeploy } = parts.gateways;
	const group = await codeDeploy.getDeploymentGroup(wish.application, wish.group, parts.signal);
	const past = await readGroupPast(codeDeploy, group, parts.signal);
	const candidates = selectCandidates(past);
	const from = wish.revision === undefined ? await findSource(wish, past, candidates, parts) : undefined;
	const wanted = wish.revision ?? from?.revision;
	const [bundle, alarms, appSpecs] = await Promise.all([
		readBundle(wanted, parts),
		readAlarms(group, parts),
		readAppSpecs(group, wanted, past.latest, parts),
	]);
	const revision = wanted && withContent(wanted, appSpecs);
	const configName = wish.configName ?? configOf(from, group);
	return {
		purpose,
		group,
		candidates,
		...(revision && { revision }),
		...(configName !== undefined && { configName }),
		...(from && { from }),
		...(past.latest && { latest: past.latest }),
		...(past.active && { active: past.active }),
		...(bundle && { bundle }),
		...(alarms && { alarms }),
		...(appSpecs && { appSpecs }),
	};
}

/** The deployment that the revision is taken from; undefined when there is none. */
async function findSource(
	wish: DeployWish,
	past: GroupPast,
	candidates: readonly DeploymentSnapshot[],
	{ gateways, signal }: PlanParts,
): Promise<DeploymentSnapshot | undefined> {
	const { from, purpose } = wish;
	if (from === undefined && purpose !== 'roll-back') return past.latest;
	if (from === undefined || from === 'last-successful') {
		return purpose === 'roll-back' ? selectUsual(past, candidates) : past.succeeded[0];
	}
	const known = [...past.succeeded, past.latest].find(deployment => deployment?.id === from);
	return checked(wish, from, known ?? (await readSource(from)));

	async function readSource(id: DeploymentId): Promise<DeploymentSnapshot> {
		try {
			return await gateways.codeDeploy.getDeployment(id, signal);
		} catch (error) {
			if (!(error instanceof GatewayFailure) || error.kind !== 'missing') throw error;
			throw new ImpossibleWishError(
				`there is no deployment ${id}: expected an earlier one of group “${wish.group}”; try rollcall list --application ${wish.application} --group ${wish.group}`,
				{ cause: error },
			);
		}
	}
}

/** A revision of another application may have nothing to do with this one, whatever its name. */
function checked(
	{ application, group }: DeployWish,
	id: DeploymentId,
	deployment: DeploymentSnapshot,
): DeploymentSnapshot {
	if (deployment.application !== application || deployment.group !== group) {
		const owner = `group “${deployment.group ?? 'unknown'}” of application “${deployment.application ?? 'unknown'}”`;
		throw new ImpossibleWishError(
			`${id} is a deployment of ${owner}: expected one of group “${group}” of application “${application}”`,
		);
	}
	if (deployment.revision === undefined) {
		throw new ImpossibleWishError(`${id} names no revision: expected a deployment that brought one`);
	}
	return deployment;
}

/** The group's own needs no name. */
const configOf = (
	from: DeploymentSnapshot | undefined,
	group: DeploymentGroupSnapshot,
): string | undefined => (from?.configName === group.configName ? undefined : from?.configName);

async function readBundle(
	revision: Revision | undefined,
	{ gateways, signal }: PlanParts,
): Promise<Read<BundleHead> | undefined> {
	if (revision?.type !== 's3') return undefined;
	const { bucket, key, version } = revision;
	const location = { bucket, key, ...(version !== undefined && { version }) };
	return tryRead(() => gateways.bundles.head(location, signal), signal);
}

async function readAlarms({ alarms }: DeploymentGroupSnapshot, { gateways, signal }: PlanParts) {
	if (!alarms?.enabled || alarms.alarms.length === 0) return undefined;
	return tryRead(() => gateways.alarms.describeAlarms(alarms.alarms, signal), signal);
}

async function readAppSpecs(
	{ application }: DeploymentGroupSnapshot,
	wanted: Revision | undefined,
	latest: DeploymentSnapshot | undefined,
	parts: PlanParts,
): Promise<PlannedAppSpecs | undefined> {
	if (wanted?.type !== 'appSpec') return undefined;
	const there = latest?.revision?.type === 'appSpec' ? latest.revision : undefined;
	const [text, current] = await Promise.all([
		readAppSpec(application, wanted, parts),
		there && readAppSpec(application, there, parts),
	]);
	const isAltered = isRead(text) && text.value.isAltered;
	return { wanted: contentOf(text), isAltered, ...(current && { current: contentOf(current) }) };
}

/** GetDeployment gives only the hash of an AppSpec. */
async function readAppSpec(
	application: string,
	{ sha256, content }: Extract<Revision, { type: 'appSpec' }>,
	{ gateways, signal }: PlanParts,
): Promise<Read<AppSpecText>> {
	if (content !== undefined) return { value: { content, isAltered: false } };
	if (sha256 === undefined) return { unread: 'neither its text nor its hash is known' };
	return tryRead(() => gateways.codeDeploy.getAppSpecContent(application, sha256, signal), signal);
}

const contentOf = (text: Read<AppSpecText>): Read<string> =>
	isRead(text) ? { value: text.value.content } : text;

function withContent(revision: Revision, appSpecs: PlannedAppSpecs | undefined): Revision {
	if (revision.type !== 'appSpec' || !appSpecs || !isRead(appSpecs.wanted)) return revision;
	return { ...revision, content: appSpecs.wanted.value };
}

/** What only tells more: its failure is part of the plan. */
async function tryRead<T>(read: () => Promise<T>, signal: AbortSignal): Promise<Read<T>> {
	try {
		return { value: await read() };
	} catch (error) {
		if (signal.aborted || !(error instanceof GatewayFailure)) throw error;
		const { kind, action, code, detail } = error.details;
		return {
			unread: kind === 'denied' && action !== undefined ? `not allowed: ${action}` : `${code}: ${detail}`,
		};
	}
}
