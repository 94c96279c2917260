import type { HostFacts, Tag } from '../domain/host.ts';

/** What is known of a host, as a person would say it. Empty where it is not known. */

/** The tag Name of an EC2 instance; on-premises instances go by their target's id already. */
export const hostName = (host: HostFacts | undefined): string =>
	host?.kind === 'ec2' ? (host.instance.name ?? '') : '';

export const hostZone = (host: HostFacts | undefined): string =>
	host?.kind === 'ec2' ? (host.instance.zone ?? '') : '';

/** A zone without the region that it lies in: `1a` for `eu-west-1a`. */
export const shortZone = (zone: string): string =>
	/^[a-z]{2}(?:-[a-z]+)+-(?<rest>\d.*)$/.exec(zone)?.groups?.rest ?? zone;

export const hostTags = (host: HostFacts | undefined): readonly Tag[] =>
	host === undefined || host.kind === 'unknown' ? [] : host.instance.tags;
