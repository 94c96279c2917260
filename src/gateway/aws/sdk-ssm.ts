/** The part of the Systems Manager SDK that is used, as one lazily imported module: a bundler drops the other commands. */
export {
	CancelCommandCommand,
	DescribeInstanceInformationCommand,
	GetCommandInvocationCommand,
	SendCommandCommand,
	SSMClient,
} from '@aws-sdk/client-ssm';
