import { error, warning } from './rule.ts';

/** AppSpecs for Amazon ECS and AWS Lambda, which the service reads, not an agent. */
export const serverlessRules = {
	'serverless-json': error('CodeDeploy cannot read it, and the deployment is refused', 'mend the JSON'),
	'serverless-structure': error(
		'CodeDeploy refuses the AppSpec',
		'write it as the AppSpec reference for this platform has it',
	),
	'serverless-resources': error(
		'CodeDeploy does not know what to deploy',
		'list the resource under Resources',
	),
	'serverless-resource-type': error(
		'CodeDeploy refuses any other type on this platform',
		'write AWS::ECS::Service or AWS::Lambda::Function',
	),
	'serverless-property-missing': error('CodeDeploy refuses the AppSpec without it', 'add the property'),
	'serverless-property-value': error(
		'CodeDeploy refuses the value',
		'give a value of the kind that is expected',
	),
	'serverless-unknown-key': warning('CodeDeploy does not know it', 'remove it, or spell it as expected'),
	'serverless-unknown-event': error(
		'it is no event that runs a function on this platform, so the validation never runs',
		'use an event of this platform',
	),
	'serverless-same-version': warning('nothing would be shifted', 'give the version to shift to'),
	'serverless-no-hooks': warning(
		'no function checks the new version before traffic goes to it, or after',
		'add a function under Hooks, such as for BeforeAllowTraffic',
	),
} as const;
