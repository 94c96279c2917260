/** The part of the EC2 SDK that is used, as one lazily imported module: a bundler drops the other commands. */
export { DescribeInstanceStatusCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
