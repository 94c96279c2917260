import { docs } from '../docs.ts';
import { onBundle } from '../host.ts';
import { type FailureRule, onMessage } from '../rule.ts';

/** The bundle was unpacked, and there is no AppSpec where one must be (AWS user guide: AppSpec file location). */
export const appSpecMissing: FailureRule = onMessage(
	/did not find an AppSpec file within the unpacked revision directory(?: at revision-relative path "(?<path>[^"]*)")?/,
	(failure, match) => {
		const path = match.groups?.path || 'appspec.yml';
		return {
			cause: 'appspec-missing',
			title: `The bundle has no ${path} at its root`,
			why: `The agent looks for ${path} at the top of the unpacked bundle and did not find it. A file named appspec.yaml, another spelling or a folder around everything does not count.`,
			confidence: 'certain',
			steps: [
				'Pack the contents of the folder, not the folder: appspec.yml has to be at the root of the archive.',
				'Name the file exactly appspec.yml, in lower case.',
				'On macOS, pack without the __MACOSX folder: zip -X, or COPYFILE_DISABLE=1 tar.',
				'Register the new bundle and deploy it.',
			],
			commands: onBundle(failure, 'ls -la', '.'),
			docs: docs.appSpecValidate,
		};
	},
);
