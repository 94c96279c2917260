/** What somebody may want to be allowed to do, each with the IAM actions that it needs. */
export const policyFeatures = ['watch', 'logs', 'doctor', 'act'] as const;

export type PolicyFeature = (typeof policyFeatures)[number];
