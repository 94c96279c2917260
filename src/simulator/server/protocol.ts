import type { IncomingHttpHeaders } from 'node:http';
import { isStructure } from './input.ts';
import type { Service } from './service.ts';
import type { ServiceError } from './service-error.ts';
import { element, escapeXml } from './xml.ts';

/** A request as far as its protocol reveals it. */
export type Incoming = {
	/** Undefined when no service here speaks so. */
	readonly service: Service | undefined;
	readonly operation: string;
	/** Undefined when the body cannot be read. */
	readonly input: Readonly<Record<string, unknown>> | undefined;
};

export type Reply = {
	/** HTTP status. */
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** Of an error, for the call log. */
	readonly errorCode?: string;
};

/** Tells which operation of which service is asked for. */
export function identify(services: readonly Service[], headers: IncomingHttpHeaders, body: string): Incoming {
	const target = headers['x-amz-target'];
	if (typeof target === 'string') {
		const [prefix, operation = ''] = target.split('.');
		const service = services.find(
			({ protocol }) => protocol.type === 'json' && protocol.targetPrefix === prefix,
		);
		return { service, operation, input: parseJson(body) };
	}
	const form = new URLSearchParams(body);
	const service = services.find(
		({ protocol }) => protocol.type === 'query' && protocol.apiVersion === form.get('Version'),
	);
	return { service, operation: form.get('Action') ?? '', input: Object.fromEntries(form) };
}

/** The region a request is signed for, from its credential scope: `AKID/20261123/eu-west-1/codedeploy/aws4_request`. */
export function signedRegion({ authorization }: IncomingHttpHeaders): string | undefined {
	return /Credential=[^/,]+\/\d{8}\/([^/,]+)\//.exec(authorization ?? '')?.[1];
}

export function writeReply(
	service: Service,
	operation: string,
	output: Readonly<Record<string, unknown>>,
	requestId: string,
): Reply {
	const { protocol } = service;
	if (protocol.type === 'json') {
		return json(protocol.version, 200, JSON.stringify(output), { 'x-amzn-requestid': requestId });
	}
	const result = element(`${operation}Result`, output);
	const metadata = element('ResponseMetadata', { RequestId: requestId });
	return xml(200, `${operation}Response`, protocol.namespace, result + metadata, requestId);
}

export function writeError(service: Service | undefined, error: ServiceError, requestId: string): Reply {
	return { ...errorReply(service, error, requestId), errorCode: error.code };
}

function errorReply(service: Service | undefined, error: ServiceError, requestId: string): Reply {
	const sender = error.status < 500 ? 'Sender' : 'Receiver';
	if (service?.protocol.type === 'query') {
		const detail = element('Error', { Type: sender, Code: queryCode(error.code), Message: error.message });
		const id = element('RequestId', requestId);
		return xml(error.status, 'ErrorResponse', service.protocol.namespace, detail + id, requestId);
	}
	const { version, queryCompatible } = service?.protocol ?? { version: '1.1', queryCompatible: false };
	// IAM writes `Message`, services write `message`.
	const messageName = error.code === 'AccessDeniedException' ? 'Message' : 'message';
	return json(version, error.status, JSON.stringify({ __type: error.code, [messageName]: error.message }), {
		'x-amzn-requestid': requestId,
		...(queryCompatible ? { 'x-amzn-query-error': `${queryCode(error.code)};${sender}` } : {}),
		...error.headers,
	});
}

/** Services that once spoke Query still give their errors the names of that time. */
function queryCode(code: string): string {
	return code === 'ThrottlingException' ? 'Throttling' : code.replace(/Exception$/, '');
}

function json(
	version: string,
	status: number,
	body: string,
	headers: Readonly<Record<string, string>>,
): Reply {
	return { status, headers: { 'content-type': `application/x-amz-json-${version}`, ...headers }, body };
}

function xml(status: number, root: string, namespace: string, inner: string, requestId: string): Reply {
	return {
		status,
		headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
		body: `<${root} xmlns="${escapeXml(namespace)}">${inner}</${root}>`,
	};
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
