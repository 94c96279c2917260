import type { DeploymentRule, FailureRule } from './rule.ts';
import { agentEncoding, agentOutdated, agentRestarted } from './rules/agent-faults.ts';
import { agentUnreachable, agentWentSilent, allEventsSkipped } from './rules/agent-unreachable.ts';
import { applicationLog } from './rules/application.ts';
import { appSpecFields, appSpecUnknownEvent } from './rules/appspec-fields.ts';
import { appSpecMissing } from './rules/appspec-missing.ts';
import { appSpecOther, appSpecStructure, appSpecYaml } from './rules/appspec-yaml.ts';
import { autoScaling } from './rules/auto-scaling.ts';
import {
	bundleChanged,
	bundleNoZip,
	bundlePerhapsCorrupt,
	bundleUnpacking,
	diskPerhapsFull,
} from './rules/bundle.ts';
import { ecsRules } from './rules/ecs.ts';
import { npmFailed, uncaughtException } from './rules/exceptions.ts';
import { scriptFailed, silentScript } from './rules/exit-code.ts';
import { functionFailed } from './rules/functions.ts';
import { healthConstraints, healthConstraintsInvalid } from './rules/health-constraints.ts';
import {
	agentDiskFull,
	fileExists,
	filesDuplicate,
	filesSourceMissing,
	installDenied,
	installReadOnly,
	ownerUnknown,
	windowsPathTooLong,
} from './rules/install.ts';
import { silentAndGone } from './rules/instance-gone.ts';
import {
	interpreterInLog,
	interpreterPerhaps,
	lineEndingsInLog,
	lineEndingsPerhaps,
} from './rules/line-endings.ts';
import { loadBalancerDeregistration, loadBalancerHealth } from './rules/load-balancer.ts';
import { previousRevisionMissing } from './rules/previous-revision.ts';
import { deletingFailed, gitHubDownload, s3Rules } from './rules/s3.ts';
import {
	notAProgram,
	outputLeftOpen,
	scriptMissing,
	scriptNotExecutable,
	scriptNotStarted,
	scriptTimeout,
	startDenied,
	sudoMissing,
} from './rules/script-start.ts';
import { serviceRole, serviceRoleGap } from './rules/service-role.ts';
import { settingsRules } from './rules/settings.ts';
import {
	bashInPlainShell,
	commandNotFound,
	commandPerhapsMissing,
	mayNotExecute,
	wrongArchitecture,
} from './rules/shell-errors.ts';
import { crashedBySignal, killedBySignal, outOfMemory } from './rules/signals.ts';
import { alarmActive, manualStop, rollbackFailed } from './rules/stops.ts';
import { runAsNoLogin, runAsUnknown, sudoRefused } from './rules/users.ts';

/**
 * Rules for what failed on targets, the more specific ones first. The first one that is sure or nearly sure wins;
 * others are told only if they call themselves possible, and the winner is not certain.
 */
export const failureRules: readonly FailureRule[] = [
	// The agent
	agentUnreachable,
	silentAndGone,
	agentRestarted,
	agentEncoding,
	agentOutdated,
	allEventsSkipped,
	loadBalancerHealth,
	loadBalancerDeregistration,
	agentWentSilent,
	functionFailed,
	// The AppSpec
	previousRevisionMissing,
	appSpecMissing,
	appSpecYaml,
	appSpecUnknownEvent,
	filesDuplicate,
	fileExists,
	...appSpecFields,
	appSpecStructure,
	appSpecOther,
	// The bundle and its files
	bundleChanged,
	bundleUnpacking,
	bundleNoZip,
	bundlePerhapsCorrupt,
	diskPerhapsFull,
	...s3Rules,
	gitHubDownload,
	deletingFailed,
	agentDiskFull,
	filesSourceMissing,
	windowsPathTooLong,
	ownerUnknown,
	installDenied,
	installReadOnly,
	// Scripts that never ran or never ended
	scriptMissing,
	scriptNotExecutable,
	scriptTimeout,
	outputLeftOpen,
	sudoMissing,
	startDenied,
	notAProgram,
	lineEndingsPerhaps,
	interpreterPerhaps,
	scriptNotStarted,
	// What the shell says
	runAsUnknown,
	runAsNoLogin,
	lineEndingsInLog,
	interpreterInLog,
	bashInPlainShell,
	wrongArchitecture,
	mayNotExecute,
	commandNotFound,
	sudoRefused,
	outOfMemory,
	killedBySignal,
	// What the programs say
	applicationLog,
	uncaughtException,
	npmFailed,
	crashedBySignal,
	commandPerhapsMissing,
	silentScript,
	scriptFailed,
];

/** Rules for the deployment as a whole. All that apply are told. */
export const deploymentRules: readonly DeploymentRule[] = [
	alarmActive,
	serviceRole,
	...settingsRules,
	...ecsRules,
	healthConstraintsInvalid,
	healthConstraints,
	autoScaling,
	serviceRoleGap,
	rollbackFailed,
	manualStop,
];
