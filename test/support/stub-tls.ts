import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';

/** The authority that vouches for the stub; it protects nothing. */
export const authority = `-----BEGIN CERTIFICATE-----
MIIBRjCB7aADAgECAgEBMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMMB1N0dWIgQ0Ew
IBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBIxEDAOBgNVBAMMB1N0
dWIgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQuOsI7QB2uBdI29VXhrs+v
fmmBZHWvuisWrN/tHm9/wZaRKiM7Wizr7rN9wOAV4vvfieKhC0Q7DWC/+FBOSuBF
ozIwMDAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBTw0iHch9ddtvJS8WwybzkR
/yUt1TAKBggqhkjOPQQDAgNIADBFAiBB9Q8kDb+yifE8uPqaRWNDx01ivWQx+U8n
ft2l7clMAQIhAOJP/fL6peRyl2CHWxLWF+wJD68dbZxagDYH2lzH/cEA
-----END CERTIFICATE-----
`;

/** For `aws.test`, what is below it, and `localhost`. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBgzCCASqgAwIBAgIBAjAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdTdHViIENB
MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjATMREwDwYDVQQDDAhh
d3MudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAyPwtNMP1YlrwW4nx/Y
C1j8wfOfi+qjC40hOoPAbh5V2ceT7grUiboRcEgeCPOvhoJnTe0VUBe5jczRpvFE
57OjbjBsMCoGA1UdEQQjMCGCCGF3cy50ZXN0ggoqLmF3cy50ZXN0gglsb2NhbGhv
c3QwHQYDVR0OBBYEFHZRESTZ1vIa7VfYs8t2XfVBLTtYMB8GA1UdIwQYMBaAFPDS
IdyH11228lLxbDJvORH/JS3VMAoGCCqGSM49BAMCA0cAMEQCIH8vv2Jk/iTXYZVY
CbZV3R+ZnnG+K0bgDjHBUdbI+HJZAiBe10NKcssLEj+dj/+wQ9OAht6V00pvwxn0
VW1c5tVyCg==
-----END CERTIFICATE-----
`;

const key = [
	'-----BEGIN PRIV',
	`ATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9+zm+HZeznSmXrFv
fpG+ZVFfCBLkVKkEwSzmzqoyLnyhRANCAAQMj8LTTD9WJa8FuJ8f2AtY/MHzn4vq
owuNITqDwG4eVdnHk+4K1Im6EXBIHgjzr4aCZ03tFVAXuY3M0abxROez
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
