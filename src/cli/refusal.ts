import type { FailureDetails, FailureKind } from '../gateway/failure.ts';
import { describeFailure, mfaWords } from '../view/freshness.ts';
import { MissingError, UsageError } from './usage-error.ts';

/** There was never a picture: not reachable, not allowed, no credentials. One line, exit code 5. */
export class NoAwsError extends Error {
	override readonly name = 'NoAwsError';

	constructor(
		message: string,
		readonly kind: FailureKind,
	) {
		super(message);
	}
}

/** Where something is asked, and as whom. */
export type Place = {
	readonly region: string;
	readonly profile?: string | undefined;
	readonly endpointUrl?: string | undefined;
};

/** `in eu-west-1 with profile prod`. */
export const whereWords = ({ region, profile }: Place): string =>
	`in ${region}${profile === undefined ? '' : ` with profile ${profile}`}`;

/** There is no deployment with this id. */
export const missingDeployment = (id: string, place: Place): string =>
	`there is no deployment ${id} ${whereWords(place)}: check the id, --region and --profile`;

/** Nothing was heard at all for so long. */
export function noAnswer(place: Place, patienceMs: number): NoAwsError {
	const advice = 'check the network, the endpoint, and where the credentials come from';
	return new NoAwsError(
		`no answer from ${placeWords(place)} within ${patienceMs / 1000} s: ${advice}`,
		'network',
	);
}

/** There are none, or AWS takes them for nobody's. */
export const noCredentials = (
	{ code, detail }: FailureDetails,
	{ profile }: Pick<Place, 'profile'>,
): string =>
	code === 'MfaRequired'
		? mfaWords(profile)
		: `${detail}: try --profile, aws configure or aws sso login (${code})`;

/** A failure that ends a command, as its one line; `missing` says what is not there. */
export function refusal(failure: FailureDetails, place: Place, missing?: string): Error {
	const { kind, code, detail } = failure;
	switch (kind) {
		case 'missing':
			return new MissingError(missing ?? `${code}: ${detail}`);
		case 'invalid':
			return new UsageError(
				code === 'ERR_INVALID_URL'
					? 'the endpoint is not a URL: expected one such as http://127.0.0.1:4566; check AWS_ENDPOINT_URL'
					: `${code}: ${detail}`,
			);
		case 'credentials':
			return new NoAwsError(noCredentials(failure, place), kind);
		default:
			return new NoAwsError(`${describeFailure(failure, place.profile)} (${placeWords(place)})`, kind);
	}
}

const placeWords = ({ endpointUrl, region }: Place): string => endpointUrl ?? `CodeDeploy in ${region}`;
