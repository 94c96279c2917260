/** Identifiers, branded so that one kind cannot be handed over for another. */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `d-` and nine characters of `A-Z0-9` (AWS: CodeDeploy deployment ids). */
export type DeploymentId = Branded<'DeploymentId'>;

/** EC2 instance id, on-premises instance name, `<cluster>:<service>`, Lambda function, or stack id: opaque. */
export type TargetId = Branded<'TargetId'>;

/** `i-…` (EC2), or `mi-…` (a machine elsewhere that Systems Manager manages), and hexadecimal digits. */
export type InstanceId = Branded<'InstanceId'>;

const deploymentIdAnywhere = /(?<![A-Za-z0-9-])d-[A-Z0-9]{9}(?![A-Za-z0-9-])/g;

/** Brands an id that AWS itself sent. */
export const asDeploymentId = (id: string): DeploymentId => id as DeploymentId;

/** Brands a target id that AWS itself sent. */
export const asTargetId = (id: string): TargetId => id as TargetId;

/** Whether `text` has the shape of a deployment id and nothing more: safe within a command or a pattern. */
export const isDeploymentId = (text: string): text is DeploymentId => /^d-[A-Z0-9]{9}$/.test(text);

/** Whether `text` has the shape of an instance id and nothing more; on-premises targets go by a name of their own. */
export const isInstanceId = (text: string): text is InstanceId => /^m?i-[0-9a-f]{8,17}$/.test(text);

/** The id by which EC2 or Systems Manager knows a target; undefined for one that goes by a name of its own. */
export function instanceIdOf(target: TargetId): InstanceId | undefined {
	const text: string = target;
	return isInstanceId(text) ? text : undefined;
}

/** Whether `text` has the shape of the id of an EC2 instance, not of a machine elsewhere, and nothing more. */
export const isEc2InstanceId = (text: string): text is InstanceId =>
	isInstanceId(text) && text.startsWith('i-');

/** Whether `text` has the shape of a deployment group's id, a UUID, and nothing more. */
export const isGroupId = (text: string): boolean =>
	/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

export type DeploymentIdSearch =
	| { readonly found: 'one'; readonly id: DeploymentId }
	| { readonly found: 'none' }
	| { readonly found: 'several'; readonly ids: readonly DeploymentId[] };

/** Looks for a deployment id in anything a person may paste: an id, a console URL, an ARN, a CLI's output. */
export function findDeploymentId(text: string): DeploymentIdSearch {
	const ids = [...new Set(text.match(deploymentIdAnywhere) ?? [])].map(asDeploymentId);
	const [id] = ids;
	if (id === undefined) return { found: 'none' };
	return ids.length === 1 ? { found: 'one', id } : { found: 'several', ids };
}

/** The region that a console URL or an ARN of CodeDeploy names beside the id; undefined for anything else. */
export function findRegion(text: string): string | undefined {
	const { url, arn } = namedRegion.exec(text)?.groups ?? {};
	return url ?? arn;
}

const namedRegion =
	/[?&#]region=(?<url>[a-z]{2}(?:-[a-z]+)+-\d)\b|\barn:aws[a-z-]*:codedeploy:(?<arn>[a-z]{2}(?:-[a-z]+)+-\d):/;
