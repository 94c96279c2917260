import { expandForm } from './form.ts';
import { isStructure } from './input.ts';
import type { Service, WireRequest } from './service.ts';

/** A request as far as its protocol reveals it. */
export type Incoming = {
	/** Undefined when no service here speaks so. */
	readonly service: Service | undefined;
	readonly operation: string;
	/** Undefined when the body cannot be read. */
	readonly input: Readonly<Record<string, unknown>> | undefined;
};

/** Tells which operation of which service is asked for. */
export function identify(services: readonly Service[], request: WireRequest): Incoming {
	const { method, headers, body } = request;
	const target = headers['x-amz-target'];
	if (typeof target === 'string') {
		const [prefix, operation = ''] = target.split('.');
		const service = services.find(
			({ protocol }) => protocol.type === 'json' && protocol.targetPrefix === prefix,
		);
		return { service, operation, input: parseJson(body) };
	}
	return method === 'POST' ? identifyForm(services, body) : identifyRest(services, request);
}

function identifyForm(services: readonly Service[], body: string): Incoming {
	const form = new URLSearchParams(body);
	const service = services.find(
		({ protocol }) =>
			(protocol.type === 'query' || protocol.type === 'ec2') && protocol.apiVersion === form.get('Version'),
	);
	return { service, operation: form.get('Action') ?? '', input: expandForm(form) };
}

/** The only service here that is asked by path. */
function identifyRest(services: readonly Service[], request: WireRequest): Incoming {
	for (const service of services) {
		if (service.protocol.type === 'rest-xml') return { service, ...service.protocol.route(request) };
	}
	return { service: undefined, operation: '', input: undefined };
}

/** Who a request comes from, and the region it is signed for. */
export type Signature = { readonly accessKeyId: string | undefined; readonly region: string | undefined };

/** From the credential scope: `AKID/20261123/eu-west-1/codedeploy/aws4_request`. */
export function signatureOf({ headers }: WireRequest): Signature {
	const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/,]+)\//.exec(String(headers.authorization ?? ''));
	return { accessKeyId: scope?.[1], region: scope?.[2] };
}

function parseJson(body: string): Readonly<Record<string, unknown>> | undefined {
	if (body === '') return {};
	try {
		const parsed: unknown = JSON.parse(body);
		return isStructure(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}
