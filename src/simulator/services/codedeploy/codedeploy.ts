import type { Service } from '../../server/service.ts';
import { denialMessage } from '../denial.ts';
import { getDeploymentConfig, listDeploymentConfigs } from './configs.ts';
import { continueDeployment } from './continue-deployment.ts';
import { createDeployment } from './create-deployment.ts';
import { batchGetDeployments, getDeployment, listDeployments } from './deployments.ts';
import {
	batchGetApplications,
	batchGetDeploymentGroups,
	getDeploymentGroup,
	listApplications,
	listDeploymentGroups,
} from './groups.ts';
import { batchGetOnPremisesInstances, listOnPremisesInstances } from './on-premises.ts';
import { resourceOf } from './resource.ts';
import { getApplicationRevision, listApplicationRevisions } from './revisions.ts';
import { stopDeployment } from './stop-deployment.ts';
import { batchGetDeploymentTargets, getDeploymentTarget, listDeploymentTargets } from './targets.ts';
import { updateDeploymentGroup } from './update-deployment-group.ts';

/** CodeDeploy, as far as a monitor uses it. */
export const codeDeploy: Service = {
	name: 'CodeDeploy',
	protocol: { type: 'json', version: '1.1', targetPrefix: 'CodeDeploy_20141006', queryCompatible: false },
	denial: (operation, input, { world }) =>
		denialMessage(world, `codedeploy:${operation}`, resourceOf(world, input)),
	operations: {
		BatchGetApplications: batchGetApplications,
		BatchGetDeploymentGroups: batchGetDeploymentGroups,
		BatchGetDeployments: batchGetDeployments,
		BatchGetOnPremisesInstances: batchGetOnPremisesInstances,
		BatchGetDeploymentTargets: batchGetDeploymentTargets,
		ContinueDeployment: continueDeployment,
		CreateDeployment: createDeployment,
		GetApplicationRevision: getApplicationRevision,
		GetDeployment: getDeployment,
		GetDeploymentConfig: getDeploymentConfig,
		GetDeploymentGroup: getDeploymentGroup,
		GetDeploymentTarget: getDeploymentTarget,
		ListApplicationRevisions: listApplicationRevisions,
		ListApplications: listApplications,
		ListDeploymentConfigs: listDeploymentConfigs,
		ListDeploymentGroups: listDeploymentGroups,
		ListDeployments: listDeployments,
		ListDeploymentTargets: listDeploymentTargets,
		ListOnPremisesInstances: listOnPremisesInstances,
		StopDeployment: stopDeployment,
		UpdateDeploymentGroup: updateDeploymentGroup,
	},
};
