import type { AgentVersion } from '../../domain/host-report.ts';
import type { TargetId } from '../../domain/ids.ts';
import { judgeAnswer, notApplicable, ok, unknown } from '../checks/found.ts';
import { installAgent, rollcall } from '../commands.ts';
import { isAgentTooOld } from '../host-facts.ts';
import { answerOf } from '../knowledge.ts';
import { apiEvidence, hostEvidence } from '../rule.ts';
import { counted } from '../words.ts';
import { fleetOf } from './fleet.ts';
import { isServer, type PreflightFound, type PreflightJudge, type Scene, tellFault } from './found.ts';

/**
 * Whether the agents can do what is asked of them. Only a host tells the version of its agent, and no command is run here:
 * what was heard before counts, and what the last deployments complained of (AWS user guide: working with the CodeDeploy
 * agent; troubleshooting, Validation of PKCS7 signed message failed).
 */
export const judgeAgentVersions: PreflightJudge = scene => {
	if (!isServer(scene.group)) return notApplicable('nothing is deployed to hosts');
	return judgeAnswer(fleetOf(scene.facts), fleet => {
		if (fleet.size === 0) return notApplicable('there are no hosts');
		const ids: readonly string[] = [...fleet.present.map(({ id }) => id), ...fleet.machines];
		const heard = [...(scene.facts.agents ?? [])].filter(([id]) => ids.includes(id));
		return judgeHeard(scene, ids, heard);
	});
};

function judgeHeard(
	scene: Scene,
	ids: readonly string[],
	heard: readonly (readonly [TargetId, AgentVersion])[],
): PreflightFound {
	const old = heard.filter(([, version]) => isAgentTooOld(version));
	const complaining = complaints(scene).filter(id => ids.includes(id));
	const [first] = [...old.map(([id]) => id), ...complaining];
	if (first !== undefined) {
		const count = new Set([...old.map(([id]) => id), ...complaining]).size;
		return tellFault({
			severity: 'warning',
			summary: `the agent of ${counted(count, 'host')} is years older than what AWS supports`,
			evidence: [
				...old.slice(0, 8).map(([id, { version }]) => hostEvidence(id, `agent_version: ${version}`)),
				...complaining
					.slice(0, 8)
					.map(id => apiEvidence(`diagnostics of ${id}`, 'Validation of PKCS7 signed message failed')),
			],
			steps: ['Update the agent, and build the update into the image.'],
			commands: installAgent({ case: scene.next, targets: [first] }),
		});
	}
	if (heard.length === ids.length)
		return ok(`agent ${[...new Set(heard.map(([, { version }]) => version))].toSorted().join(', ')}`);
	return notHeard(scene, ids.length, heard.length);
}

function notHeard({ facts, next }: Scene, all: number, heard: number): PreflightFound {
	const last = answerOf(facts.past)?.[0]?.deployment.id;
	const some = heard === 0 ? '' : `known of ${heard} of ${counted(all, 'host')}; `;
	return {
		...unknown(`${some}only the hosts tell, and nothing is run on them here`),
		remedy: {
			steps: ['The checklist of the last deployment asks the hosts it looks at.'],
			commands: last === undefined ? [] : [rollcall(next, `doctor ${last}`)],
		},
	};
}

/** Hosts that said in one of the last deployments that they cannot verify what the service signs. */
const complaints = ({ facts }: Scene): readonly TargetId[] => [
	...new Set(
		(answerOf(facts.past) ?? [])
			.flatMap(({ targets }) => targets)
			.filter(({ events }) =>
				events.some(({ diagnostics }) =>
					diagnostics?.message.startsWith('Validation of PKCS7 signed message failed'),
				),
			)
			.map(({ id }) => id),
	),
];
