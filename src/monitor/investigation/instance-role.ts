import { type Asked, type Nothing, nothing, unanswered } from '../../diagnosis/knowledge.ts';
import {
	type AccessDecision,
	type InstanceProfileFacts,
	instanceProfileNameOf,
} from '../../domain/access.ts';
import type { BundleHead } from '../../domain/bundle.ts';
import type { InstanceFacts } from '../../domain/host.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { Revision } from '../../domain/revision.ts';
import type { NeededAccess } from '../../domain/service-role.ts';
import type { AskedBundle } from './bundle.ts';
import type { Examination } from './examination.ts';
import { decide } from './service-role.ts';

type AskedProfile = Asked<InstanceProfileFacts | Nothing>;
type AskedAccess = Asked<readonly AccessDecision[]>;

/** The roles that the hosts act in. Hosts of one fleet share one as a rule: each is asked about once. */
export function examineInstanceRoles(
	exam: Examination,
	bundle: Promise<AskedBundle>,
): (targetId: TargetId, instance: Asked<InstanceFacts | Nothing>) => Promise<void> {
	const profileNamed = once((name: string): Promise<AskedProfile> => readProfile(exam, name));
	const accessOf = once(async (roleArn: string): Promise<AskedAccess> => {
		const revision = exam.watch.rollout().deployment.data?.revision;
		return decide(exam.ask, roleArn, neededForBundle(roleArn, revision, await bundle));
	});

	return async (targetId, instance) => {
		const profile = await profileOf(instance, profileNamed);
		exam.examined(targetId, { profile });
		exam.examined(targetId, { access: await accessThrough(profile, accessOf) });
	};
}

function once<T>(ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
	const answers = new Map<string, Promise<T>>();
	return name => {
		const known = answers.get(name) ?? ask(name);
		answers.set(name, known);
		return known;
	};
}

async function readProfile(exam: Examination, name: string): Promise<AskedProfile> {
	const asked = await exam.ask('GetInstanceProfile', ({ access }, signal) =>
		access.getInstanceProfile(name, signal),
	);
	return 'answer' in asked ? { answer: asked.answer ?? nothing } : asked;
}

async function profileOf(
	instance: Asked<InstanceFacts | Nothing>,
	profileNamed: (name: string) => Promise<AskedProfile>,
): Promise<AskedProfile> {
	if ('unanswered' in instance) return instance;
	if (instance.answer === nothing) return unanswered('the instance is gone');
	const { instanceProfileArn } = instance.answer;
	if (instanceProfileArn === undefined) return { answer: nothing };
	const name = instanceProfileNameOf(instanceProfileArn);
	return name === undefined ? unanswered(`no name in ${instanceProfileArn}`) : profileNamed(name);
}

async function accessThrough(
	profile: AskedProfile,
	accessOf: (roleArn: string) => Promise<AskedAccess>,
): Promise<AskedAccess> {
	if ('unanswered' in profile) return profile;
	const role = profile.answer === nothing ? undefined : profile.answer.role;
	return role ? accessOf(role.arn) : unanswered('the instance has no role');
}

/** What an agent has to be allowed to fetch a bundle from S3, and to read it. */
function neededForBundle(
	roleArn: string,
	revision: Revision | undefined,
	bundle: AskedBundle,
): readonly NeededAccess[] {
	if (revision?.type !== 's3') return [];
	const action = revision.version === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
	const object = `arn:${roleArn.split(':')[1]}:s3:::${revision.bucket}/${revision.key}`;
	const key = 'answer' in bundle ? keyOf(bundle.answer) : undefined;
	return [
		{ actions: [action], resources: [object] },
		...(key === undefined ? [] : [{ actions: ['kms:Decrypt'], resources: [key] }]),
	];
}

const keyOf = (head: BundleHead | Nothing): string | undefined =>
	head !== nothing && head.type === 'found' ? head.encryption?.kmsKeyArn : undefined;
