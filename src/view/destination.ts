import { type DeploymentId, findDeploymentId } from '../domain/ids.ts';
import { findGroupName, type GroupName } from '../monitor/find-deployment.ts';

/** Where a text that was typed, or pasted, would go to. */
export type Destination =
	| { readonly type: 'nowhere' }
	| { readonly type: 'refused'; readonly problem: string }
	| { readonly type: 'group'; readonly group: GroupName }
	| { readonly type: 'deployment'; readonly id: DeploymentId };

/** Reads whatever holds one deployment id, or an application and a group. */
export function readDestination(text: string): Destination {
	if (text.trim() === '') return { type: 'nowhere' };
	const search = findDeploymentId(text);
	if (search.found === 'one') return { type: 'deployment', id: search.id };
	if (search.found === 'several') return { type: 'refused', problem: 'more than one deployment id in it' };
	const group = findGroupName(text);
	if (group) return { type: 'group', group };
	return { type: 'refused', problem: 'no deployment id in it (d-XXXXXXXXX), nor an application/group' };
}
