import { createCall, type OpenSimulator, type WireAnswer } from './support.ts';

/** Requests to the services around a deployment, as they go over the wire. */

export type Call = (operation: string, input: unknown) => Promise<WireAnswer>;

export function callSsm({ sim }: OpenSimulator): Call {
	return createCall(sim.url, 'AmazonSSM', '1.1');
}

export function callCloudWatch({ sim }: OpenSimulator): Call {
	return createCall(sim.url, 'GraniteServiceVersion20100801', '1.0');
}

export function callLogs({ sim }: OpenSimulator): Call {
	return createCall(sim.url, 'Logs_20140328', '1.1');
}

export type TextAnswer = { readonly status: number; readonly headers: Headers; readonly text: string };

/** A Query request: members by their flat names. */
export async function query(
	{ sim }: OpenSimulator,
	version: string,
	action: string,
	members: Readonly<Record<string, string>> = {},
	region = sim.region,
): Promise<TextAnswer> {
	const response = await fetch(sim.url, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded', ...signedFor(region) },
		body: new URLSearchParams({ Action: action, Version: version, ...members }).toString(),
	});
	return { status: response.status, headers: response.headers, text: await response.text() };
}

export const ec2Version = '2016-11-15';
export const iamVersion = '2010-05-08';

/** A request to S3. */
export async function askS3(
	{ sim }: OpenSimulator,
	method: string,
	path: string,
	region = sim.region,
): Promise<TextAnswer> {
	const response = await fetch(`${sim.url}${path}`, {
		method,
		headers: signedFor(region),
		redirect: 'manual',
	});
	return { status: response.status, headers: response.headers, text: await response.text() };
}

function signedFor(region: string) {
	return {
		authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/${region}/x/aws4_request, SignedHeaders=host, Signature=0`,
	};
}

/** The texts of all elements with this name, in order. */
export function elements(xml: string, name: string): readonly string[] {
	return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);
}

export type Invocation = {
	readonly Status: string;
	readonly StatusDetails: string;
	readonly ResponseCode: number;
	readonly StandardOutputContent: string;
	readonly StandardErrorContent: string;
};

/** Sends commands to a machine and lets time pass until they have run. */
export async function runOn(
	open: OpenSimulator,
	instanceId: string,
	commands: readonly string[],
	documentName = 'AWS-RunShellScript',
): Promise<Invocation> {
	const call = callSsm(open);
	const sent = await call('SendCommand', {
		DocumentName: documentName,
		InstanceIds: [instanceId],
		Parameters: { commands },
	});
	const { Command } = sent.body as { Command?: { CommandId: string } };
	if (Command === undefined) throw new Error(`${sent.status} ${JSON.stringify(sent.body)}`);
	open.pass(6000);
	const { body } = await call('GetCommandInvocation', {
		CommandId: Command.CommandId,
		InstanceId: instanceId,
	});
	return body as Invocation;
}
