import type { FailureKind } from '../failure.ts';

/** The tables behind the classification of failures. */

const names: Readonly<Record<string, FailureKind>> = {
	// The SDK's own list of what counts as throttling.
	BandwidthLimitExceeded: 'throttled',
	EC2ThrottledException: 'throttled',
	LimitExceededException: 'throttled',
	PriorRequestNotComplete: 'throttled',
	ProvisionedThroughputExceededException: 'throttled',
	RequestLimitExceeded: 'throttled',
	RequestThrottled: 'throttled',
	RequestThrottledException: 'throttled',
	SlowDown: 'throttled',
	ThrottledException: 'throttled',
	Throttling: 'throttled',
	ThrottlingException: 'throttled',
	TooManyRequests: 'throttled',
	TooManyRequestsException: 'throttled',
	TransactionInProgressException: 'throttled',

	AccessDenied: 'denied',
	AccessDeniedException: 'denied',
	AuthorizationError: 'denied',
	ForbiddenException: 'denied',
	NotAuthorized: 'denied',
	OptInRequired: 'denied',
	SubscriptionRequiredException: 'denied',
	UnauthorizedOperation: 'denied',

	ExpiredToken: 'expired',
	ExpiredTokenException: 'expired',
	RequestExpired: 'expired',
	TokenRefreshRequired: 'expired',

	AuthFailure: 'credentials',
	IDPRejectedClaim: 'credentials',
	IncompleteSignature: 'credentials',
	IncompleteSignatureException: 'credentials',
	InvalidAccessKeyId: 'credentials',
	InvalidClientTokenId: 'credentials',
	InvalidIdentityToken: 'credentials',
	InvalidSignature: 'credentials',
	InvalidSignatureException: 'credentials',
	MissingAuthenticationToken: 'credentials',
	MissingAuthenticationTokenException: 'credentials',
	RequestInTheFuture: 'credentials',
	RequestTimeTooSkewed: 'credentials',
	SignatureDoesNotMatch: 'credentials',
	UnrecognizedClient: 'credentials',
	UnrecognizedClientException: 'credentials',

	// Targets are asked for while the deployment is still Created.
	DeploymentNotStartedException: 'not-started',

	// Systems Manager's word for a host that it does not manage, or does not reach.
	InvalidInstanceId: 'missing',
	NoSuchBucket: 'missing',
	NoSuchEntity: 'missing',
	NoSuchEntityException: 'missing',
	NoSuchKey: 'missing',
	NotFound: 'missing',
	ResourceNotFound: 'missing',
	ResourceNotFoundException: 'missing',
	TargetGroupNotFound: 'missing',
	TargetGroupNotFoundException: 'missing',

	InternalError: 'service',
	InternalFailure: 'service',
	InternalServerError: 'service',
	InternalServiceError: 'service',
	InternalServiceFault: 'service',
	ServiceUnavailable: 'service',
	ServiceUnavailableException: 'service',
	// The JavaScript engine's own, from an answer that is not what it should be.
	SyntaxError: 'service',

	NetworkingError: 'network',
	RequestTimeout: 'network',
	RequestTimeoutException: 'network',
	TimeoutError: 'network',

	InvalidParameterValue: 'invalid',
	ValidationError: 'invalid',
	ValidationException: 'invalid',
};

/** By the name of the exception, as the service or the SDK spells it. */
export function kindOfName(name: string): FailureKind | undefined {
	if (Object.hasOwn(names, name)) return names[name];
	return /DoesNotExist(Exception)?$|\.NotFound$/.test(name) ? 'missing' : undefined;
}

/** Errors of OpenSSL, which Node gives no common prefix. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_|TLS|SSL|^HOSTNAME_MISMATCH$|^INVALID_(CA|PURPOSE)$/;

/** By Node's code for what the operating system, the resolver, TLS or the HTTP parser said. */
export function kindOfSystemCode(code: string): FailureKind | undefined {
	if (code === 'ERR_INVALID_URL') return 'invalid';
	// Something answered, but it does not speak HTTP.
	if (code.startsWith('HPE_')) return 'service';
	if (certificateCode.test(code) || /^ERR_(STREAM|SOCKET|PROXY|HTTP)/.test(code)) return 'network';
	return /^E(?!RR_)[A-Z0-9_]+$/.test(code) ? 'network' : undefined;
}

/**
 * By the status of the answer, or whose fault the SDK's model says it is. Without either it cannot be understood, and nothing
 * is wrong with the question when the answer does not name its error: then it is not from AWS.
 */
export function kindOfStatus(
	status: number | undefined,
	fault: string | undefined,
	isNamed: boolean,
): FailureKind {
	if (status === 429) return 'throttled';
	if (status === 401 || status === 403) return 'denied';
	if (status === 407 || status === 408) return 'network';
	if (status !== undefined && status >= 500) return 'service';
	if (!isNamed) return 'service';
	if (status !== undefined && status >= 400) return 'invalid';
	return fault === 'client' ? 'invalid' : 'service';
}

const credentialErrors: ReadonlySet<string> = new Set([
	'CredentialsProviderError',
	'ProviderError',
	'TokenProviderError',
]);

/** Whether the error came out of the SDK's credential chain. */
export const isCredentialError = (name: string): boolean => credentialErrors.has(name);

/** An SSO or `aws login` session that has ended; a refused SSO token arrives as the text of the exception. */
const renewable = /\bexpired\b|\baws (sso )?login\b|re-?authenticate|^UnauthorizedException\b|^ExpiredToken/i;
/** The portal that issues the credentials could not be reached: the SDK keeps of that error only its text. */
const unreachable =
	/\b(E(CONN(REFUSED|RESET|ABORTED)|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|PIPE))\b|^(?:Timeout|Proxy)Error\b/;

export type CredentialTrouble = {
	readonly kind: FailureKind;
	/** That of the error within, where the chain has kept its text: `ENOTFOUND`. */
	readonly code: string;
	readonly detail: string;
};

/** By the text of the SDK's credential chain, which has one name for all that can go wrong in it. */
export function readCredentialError(name: string, message: string): CredentialTrouble | undefined {
	if (!isCredentialError(name)) return undefined;
	const detail = message.replace(/^\w*Error: /, '');
	const [code] = unreachable.exec(message) ?? [];
	if (code !== undefined) {
		return { kind: 'network', code: code === 'ProxyError' ? 'ERR_PROXY_TUNNEL' : code, detail };
	}
	// The SDK asks nobody for a code unless it is told how.
	if (/\bmulti-factor authentication\b/.test(message))
		return { kind: 'credentials', code: 'MfaRequired', detail };
	return { kind: renewable.test(message) ? 'expired' : 'credentials', code: name, detail: message };
}
