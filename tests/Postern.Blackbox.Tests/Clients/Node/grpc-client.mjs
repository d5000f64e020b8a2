// Counts, then talks: the next line is said only after the answer to the one before has arrived.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const { echo } = grpc.loadPackageDefinition(loader.loadSync(fileURLToPath(new URL('echo.proto', import.meta.url))));
const target = new URL(process.argv[2]);
const credentials = target.protocol === 'https:'
  ? grpc.credentials.createSsl(readFileSync(process.env.SSL_CERT_FILE))
  : grpc.credentials.createInsecure();
const client = new echo.Echo(target.host, credentials);

let counted = 0;
for await (const _ of client.count({ to: 500 })) counted++;
console.log('counted', counted);

const talk = client.talk();
const answers = talk[Symbol.asyncIterator]();
for (const text of ['one', 'two', 'three']) {
  talk.write({ text });
  console.log((await answers.next()).value.text);
}

talk.end();
console.log('ended', (await answers.next()).done);
client.close();
