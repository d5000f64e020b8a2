// A gRPC service with a server stream and a conversation.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const { echo } = grpc.loadPackageDefinition(loader.loadSync(fileURLToPath(new URL('echo.proto', import.meta.url))));
const [cert_chain, private_key] = process.argv.slice(2).map(file => readFileSync(file));
const server = new grpc.Server();
server.addService(echo.Echo.service, {
  Count(call) {
    for (let line = 1; line <= call.request.to; line++) call.write({ text: `line ${line}` });
    call.end();
  },
  Talk(call) {
    call.on('data', line => call.write({ text: `heard ${line.text}` }));
    call.on('end', () => call.end());
  },
});
const listen = credentials => new Promise((resolve, reject) =>
  server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port))));
const plain = await listen(grpc.ServerCredentials.createInsecure());
const tls = await listen(grpc.ServerCredentials.createSsl(null, [{ cert_chain, private_key }]));
console.log(JSON.stringify({ plain, tls }));
