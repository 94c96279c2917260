import {
	type Asked,
	answerOf,
	following,
	type Nothing,
	nothing,
	unanswered,
} from '../../diagnosis/knowledge.ts';
import type { PastDeployment } from '../../diagnosis/preflight/facts.ts';
import { type DeploymentSnapshot, hasEnded } from '../../domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import { isTelling } from '../../domain/history.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { maxDeploymentsPerCall } from '../../gateway/gateway.ts';
import type { Inquire } from '../investigation/inquiry.ts';
import { batchSizeFor } from '../sweep.ts';
import { sampleTargets } from '../turns/sample-targets.ts';
import type { Examined } from './examined.ts';

/** AWS: ListDeployments says nothing of how long its pages are. */
const mostPages = 3;

/** Deployments whose targets are read: those that succeeded, and the last one that failed. */
const successesRead = 4;
const failuresRead = 1;

type AskedDeployment = Asked<DeploymentSnapshot | Nothing>;

export type ExaminedDeployments = {
	readonly lastSuccessful: Promise<AskedDeployment>;
	readonly past: Promise<Asked<readonly PastDeployment[]>>;
};

/** The group's deployments: the one that has it now, the one that a rollback returns to, and how the last ones went. */
export function examineDeployments(exam: Examined): ExaminedDeployments {
	const read = readDeployments(exam);
	const lastSuccessful = async () => {
		const [group, found] = await Promise.all([exam.group, read]);
		const last = lastSuccessfulOf(group, found);
		exam.learn({ lastSuccessful: last });
		return last;
	};
	const past = async () => {
		const found = await read;
		exam.learn({ active: following(found, all => all.find(each => !hasEnded(each)) ?? nothing) });
		const looked = 'answer' in found ? await lookInto(exam.ask, found.answer) : found;
		exam.learn({ past: looked });
		return looked;
	};
	return { lastSuccessful: lastSuccessful(), past: past() };
}

/** The newest deployments, and those that the group itself names, the newest first. */
async function readDeployments(exam: Examined): Promise<Asked<readonly DeploymentSnapshot[]>> {
	const [group, listed] = await Promise.all([exam.group.then(answerOf), listIds(exam)]);
	const named = [group?.lastAttempted?.id, group?.lastSuccessful?.id].filter(id => id !== undefined);
	// The list may not be allowed: what the group names is the most important part of it.
	if ('unanswered' in listed && named.length === 0) return listed;
	const ids = [...new Set([...named, ...(answerOf(listed) ?? [])])].slice(0, maxDeploymentsPerCall);
	if (ids.length === 0) return { answer: [] };
	const found = await exam.ask('BatchGetDeployments', ({ codeDeploy }, signal) =>
		codeDeploy.getDeployments(ids, signal),
	);
	return following(found, all => all.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0)));
}

async function listIds({ ask, application, name }: Examined): Promise<Asked<readonly DeploymentId[]>> {
	const ids: DeploymentId[] = [];
	let token: string | undefined;
	for (let page = 0; page < mostPages && ids.length < maxDeploymentsPerCall; page++) {
		const from = token;
		const listed = await ask('ListDeployments', ({ codeDeploy }, signal) =>
			codeDeploy.listDeployments({ group: { application, name }, token: from }, signal),
		);
		if ('unanswered' in listed) return ids.length > 0 ? { answer: ids } : listed;
		ids.push(...listed.answer.items);
		token = listed.answer.nextToken;
		if (token === undefined) break;
	}
	return { answer: ids };
}

function lastSuccessfulOf(
	group: Asked<DeploymentGroupSnapshot>,
	found: Asked<readonly DeploymentSnapshot[]>,
): AskedDeployment {
	if ('unanswered' in group) return group;
	const id = group.answer.lastSuccessful?.id;
	if (id === undefined) return { answer: nothing };
	if ('unanswered' in found) return found;
	const last = found.answer.find(each => each.id === id);
	return last ? { answer: last } : unanswered(`AWS does not know ${id} any more`);
}

/** Reads the targets of the deployments that tell most, all at once. */
async function lookInto(
	ask: Inquire,
	deployments: readonly DeploymentSnapshot[],
): Promise<Asked<readonly PastDeployment[]>> {
	const successes = deployments.filter(isTelling).slice(0, successesRead);
	const failures = deployments.filter(({ status }) => status === 'Failed').slice(0, failuresRead);
	const chosen = deployments.filter(each => successes.includes(each) || failures.includes(each));
	const looked = await Promise.all(chosen.map(each => readTargets(ask, each)));
	const read = looked.flatMap(asked => answerOf(asked) ?? []);
	const failed = looked.find(asked => 'unanswered' in asked);
	return read.length === 0 && failed ? failed : { answer: read };
}

/** Of a large fleet a sample; of a deployment that failed, those on which it did. */
async function readTargets(ask: Inquire, deployment: DeploymentSnapshot): Promise<Asked<PastDeployment>> {
	const { id, status, platform } = deployment;
	const statuses = status === 'Failed' && platform === 'Server' ? { statuses: ['Failed' as const] } : {};
	const listed = await ask('ListDeploymentTargets', ({ codeDeploy }, signal) =>
		codeDeploy.listTargetIds({ id, ...statuses }, signal),
	);
	if ('unanswered' in listed) return listed;
	const ids = sampleTargets(listed.answer.items, [], batchSizeFor(platform));
	if (ids.length === 0) return { answer: { deployment, targets: [] } };
	const targets = await ask('BatchGetDeploymentTargets', ({ codeDeploy }, signal) =>
		codeDeploy.getTargets(id, ids, signal),
	);
	return following(targets, read => ({ deployment, targets: read }));
}
