import { unreachable } from '../../lib/unreachable.ts';
import type { RestOutput, Service } from './service.ts';
import { ServiceError } from './service-error.ts';
import { element, escapeXml, inner } from './xml.ts';

export type Reply = {
	/** HTTP status. */
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Buffer;
	/** Of an error, for the call log. */
	readonly errorCode?: string;
};

type Members = Readonly<Record<string, unknown>>;

/** What an operation returned, as its service's protocol has it. */
export function writeReply(
	{ protocol }: Service,
	operation: string,
	output: Members,
	requestId: string,
): Reply {
	switch (protocol.type) {
		case 'json':
			return json(protocol.version, 200, JSON.stringify(output), { 'x-amzn-requestid': requestId });
		case 'query': {
			const result = element(`${operation}Result`, output);
			const metadata = element('ResponseMetadata', { RequestId: requestId });
			return xml(200, tag(`${operation}Response`, protocol.namespace), result + metadata, requestId);
		}
		case 'ec2': {
			const members = inner({ requestId, ...output }, 'item');
			return xml(200, tag(`${operation}Response`, protocol.namespace), members, requestId);
		}
		case 'rest-xml': {
			// The operations of such a service return nothing else.
			const { headers, body } = output as RestOutput;
			return { status: 200, headers: { ...headers, 'x-amz-request-id': requestId }, body };
		}
		default:
			return unreachable(protocol);
	}
}

/** An error, in the words of the service and as its protocol has it. */
export function writeError(service: Service | undefined, error: ServiceError, requestId: string): Reply {
	const worded = inOwnWords(service, error);
	return { ...errorReply(service, worded, requestId), errorCode: worded.code };
}

function inOwnWords(service: Service | undefined, error: ServiceError): ServiceError {
	const own = service?.ownErrors?.[error.code];
	if (own === undefined) return error;
	const { code, status = error.status, message = text => text } = own;
	return new ServiceError(code, message(error.message), { status, headers: error.headers });
}

function errorReply(service: Service | undefined, error: ServiceError, requestId: string): Reply {
	const { protocol } = service ?? {};
	const sender = error.status < 500 ? 'Sender' : 'Receiver';
	switch (protocol?.type) {
		case 'query': {
			const detail = element('Error', { Type: sender, Code: queryCode(error.code), Message: error.message });
			const root = tag('ErrorResponse', protocol.namespace);
			return xml(error.status, root, detail + element('RequestId', requestId), requestId, error.headers);
		}
		case 'ec2': {
			const detail = element('Errors', [{ Code: error.code, Message: error.message }], 'Error');
			const root = tag('Response');
			return xml(error.status, root, detail + element('RequestID', requestId), requestId, error.headers);
		}
		case 'rest-xml': {
			const members = { Code: error.code, Message: error.message, ...error.details, RequestId: requestId };
			return xml(error.status, tag('Error'), inner(members), requestId, error.headers);
		}
		default: {
			const { version, queryCompatible } = protocol ?? { version: '1.1', queryCompatible: false };
			// IAM writes `Message`, services write `message`.
			const messageName = error.code === 'AccessDeniedException' ? 'Message' : 'message';
			return json(
				version,
				error.status,
				JSON.stringify({ __type: error.code, [messageName]: error.message }),
				{
					'x-amzn-requestid': requestId,
					...(queryCompatible ? { 'x-amzn-query-error': `${queryCode(error.code)};${sender}` } : {}),
					...error.headers,
				},
			);
		}
	}
}

/** Services that once spoke Query still give their errors the names of that time. */
function queryCode(code: string): string {
	return code === 'ThrottlingException' ? 'Throttling' : code.replace(/Exception$/, '');
}

type Tag = { readonly open: string; readonly close: string };

function tag(name: string, namespace?: string): Tag {
	const attribute = namespace === undefined ? '' : ` xmlns="${escapeXml(namespace)}"`;
	return { open: `<${name}${attribute}>`, close: `</${name}>` };
}

function json(
	version: string,
	status: number,
	body: string,
	headers: Readonly<Record<string, string>>,
): Reply {
	return { status, headers: { 'content-type': `application/x-amz-json-${version}`, ...headers }, body };
}

function xml(
	status: number,
	root: Tag,
	content: string,
	requestId: string,
	headers: Readonly<Record<string, string>> = {},
): Reply {
	return {
		status,
		headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...headers },
		body: `<?xml version="1.0" encoding="UTF-8"?>\n${root.open}${content}${root.close}`,
	};
}
