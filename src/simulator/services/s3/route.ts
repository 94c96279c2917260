import type { Route, WireRequest } from '../../server/service.ts';

/** Buckets are addressed by path: `/bucket/key`. */
export function routeS3({ method, target, headers }: WireRequest): Route {
	const [path = '', query = ''] = target.split('?');
	const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
	const parameters = new URLSearchParams(query);
	const input = {
		Bucket: decoded(bucket),
		...(key !== '' && { Key: decoded(key) }),
		...(parameters.has('versionId') && { VersionId: parameters.get('versionId') ?? '' }),
		...(typeof headers.range === 'string' && { Range: headers.range }),
	};
	return { operation: operationOf(method, key, parameters), input };
}

function operationOf(method: string, key: string, parameters: URLSearchParams): string {
	if (method === 'GET' && key === '' && parameters.has('location')) return 'GetBucketLocation';
	if (key !== '' && method === 'HEAD') return 'HeadObject';
	if (key !== '' && method === 'GET') return 'GetObject';
	return '';
}

/** A client may send what cannot be decoded: then it stands for itself. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
