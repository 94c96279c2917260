import type { SentCommand } from '../../world/sent-command.ts';

/** AWS: Command. */
export function commandShape(command: SentCommand) {
	const invocations = [...command.invocations.values()];
	const ended = invocations.filter(({ endedAt }) => endedAt !== undefined);
	const failed = ended.filter(({ status }) => status !== 'Success');
	return {
		CommandId: command.id,
		DocumentName: command.documentName,
		DocumentVersion: '$DEFAULT',
		Comment: command.comment,
		ExpiresAfter: command.expiresAt / 1000,
		Parameters: {
			commands: command.commands,
			executionTimeout: [String(command.executionTimeoutSeconds)],
		},
		InstanceIds: command.instanceIds,
		Targets: [],
		RequestedDateTime: command.requestedAt / 1000,
		Status: 'Pending',
		StatusDetails: 'Pending',
		OutputS3BucketName: '',
		OutputS3KeyPrefix: '',
		MaxConcurrency: '50',
		MaxErrors: '0',
		TargetCount: invocations.length,
		CompletedCount: ended.length,
		ErrorCount: failed.length,
		DeliveryTimedOutCount: 0,
		TimeoutSeconds: command.deliveryTimeoutSeconds,
	};
}

const pluginNames: Readonly<Record<string, string>> = {
	'AWS-RunShellScript': 'aws:runShellScript',
	'AWS-RunPowerShellScript': 'aws:runPowerShellScript',
};

export function pluginName({ documentName }: SentCommand): string {
	return pluginNames[documentName] ?? '';
}

const truncated = '--output truncated--';

/** The beginning of an output, which says so when there was more. */
export function firstCharacters(text: string, limit: number): string {
	return text.length <= limit ? text : `${text.slice(0, limit - truncated.length)}${truncated}`;
}
