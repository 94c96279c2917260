import { error, warning } from './rule.ts';

/** The AppSpec file of servers (AWS: AppSpec file structure for EC2/On-Premises). */
export const appSpecRules = {
	'appspec-missing': error(
		'the agent fails at the first event that runs scripts, normally BeforeInstall',
		'put appspec.yml at the root of the bundle',
	),
	'appspec-name': error(
		'the agent looks for appspec.yml and nothing else, and fails without it',
		'rename the file to appspec.yml',
	),
	'appspec-too-large': error('no AppSpec is as large, and it is not read', 'check what this file is'),
	'appspec-empty': error(
		'the agent refuses it: “the application specification file was empty”',
		'give it at least version and os',
	),
	'appspec-yaml': error('the agent cannot read it and fails at BeforeInstall', 'mend the YAML'),
	'appspec-tab': error(
		'YAML does not take tabs as indentation, and the agent fails at BeforeInstall',
		'indent with spaces',
	),
	'appspec-alias': warning(
		'agents on Ruby 3.1 or newer refuse anchors and aliases',
		'write the value out in each place',
	),
	'appspec-alias-limit': error(
		'aliases that multiply are refused, here and by the agent',
		'write the values out',
	),
	'appspec-structure': error(
		'the agent stops with an error of its own code',
		'write it as the AppSpec reference has it',
	),
	'appspec-version': error('the agent refuses every version but 0.0', 'write version: 0.0, without quotes'),
	'appspec-os': error(
		'the agent refuses every other operating system than its own, in small letters',
		'write os: linux or os: windows',
	),
	'appspec-section': error(
		'the agent ignores what it does not know, so the whole section is silently skipped',
		'spell the section as it is expected',
	),
	'appspec-unknown-key': warning('the agent ignores it without a word', 'remove it, or spell it as expected'),
	'appspec-duplicate-key': error(
		'the last one wins, and what the others say is silently skipped',
		'merge them into one',
	),
	'appspec-file-exists-value': error(
		'the agent refuses any other value than DISALLOW, OVERWRITE or RETAIN',
		'write one of them in capitals',
	),
	'files-incomplete': error(
		'the agent refuses an entry without both source and destination',
		'give both source and destination',
	),
	'files-source-missing': error(
		'Install fails with “No such file or directory”',
		'correct the path, which is relative to the root of the bundle and case-sensitive, or pack what is missing; wildcards are not expanded',
	),
	'files-duplicate-destination': error(
		'Install fails with “specifies two source files … for the same destination”',
		'let one of the entries go, or give it another destination',
	),
	'files-destination-relative': warning(
		'it is taken from wherever the agent happens to run',
		'write an absolute path',
	),
	'files-destination-is-folder': warning(
		'a destination is always a folder: the file lands in a folder of that name',
		'name the folder only',
	),
	'files-exist-trap': warning(
		'a file that is there already and was not put there by this deployment group fails Install; so does a group that was made anew',
		'set file_exists_behavior: OVERWRITE, or remove the files in BeforeInstall',
	),
	'permissions-object-missing': error('the agent refuses a permission without an object', 'name the object'),
	'permissions-on-windows': error('the agent refuses permissions on Windows', 'remove the section'),
	'permissions-mode': error(
		'the agent refuses a mode that is not one to four digits from 0 to 7',
		'write the mode in quotes, such as "0755"',
	),
	'permissions-mode-octal': warning(
		'YAML reads a number that begins with 0 as octal, so another mode is set',
		'write the mode in quotes, or without the 0',
	),
	'permissions-type': error(
		'the agent refuses other types than file and directory',
		'write a list of file, directory',
	),
	'permissions-acl': error(
		'the agent refuses the entry',
		'write it as [d:][u|g|m|o:][name]:rwx, and base entries as the mode',
	),
	'permissions-context': error('the agent refuses a context without a type', 'give the type of the context'),
	'permissions-pattern': error(
		'a pattern or an exception belongs to a folder; for a file that is copied the agent refuses it',
		'remove pattern and except, or name the folder and type: directory',
	),
	'permissions-glob': warning(
		'an object is one path, and wildcards in it match nothing',
		'name the folder as the object, and give the wildcard as its pattern',
	),
	'permissions-duplicate': error(
		'Install fails: “permissions setting … is specified more than once”',
		'keep one of them',
	),
	'hook-unknown-event': error(
		'the agent ignores it, the deployment succeeds, and its scripts never run',
		'use the name of an event that runs scripts',
	),
	'hook-reserved-event': error(
		'CodeDeploy keeps this event to itself: its scripts never run',
		'move the scripts to an event that runs scripts',
	),
	'hook-empty': warning('no script runs in it', 'give it scripts, or remove it'),
	'hook-location-missing': error(
		'the agent refuses a script without a location',
		'give the location of the script',
	),
	'hook-timeout': error('the agent refuses it', 'give the seconds as a whole number above 0'),
	'hook-timeout-unit': warning(
		'only the number at its beginning counts, as seconds',
		'give the seconds as a number',
	),
	'hook-timeout-sum': warning(
		'an event has 3,600 s for all its scripts together, and is given up after that',
		'lower the timeouts, or move scripts to another event',
	),
	'hook-validate-missing': warning(
		'nothing checks the application before the deployment counts as succeeded',
		'add a ValidateService hook that fails while the application does not answer',
	),
	'hook-runas-windows': warning('runas has no effect on Windows', 'remove it'),
} as const;
