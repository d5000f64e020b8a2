// An http and an https server with what static servers do not do: conversations, uploads, WebSockets.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { WebSocketServer } from 'ws';

const heard = new Map();

// The next part of a conversation is sent only when the client says that it has the part before.
function heardOf(key) {
  if (!heard.has(key)) {
    let resolve;
    const promise = new Promise(done => { resolve = done; });
    heard.set(key, { promise, resolve });
  }

  return heard.get(key);
}

async function chat(url, answer) {
  const id = url.searchParams.get('id');
  answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const words = ['The', ' weather', ' is', ' fine'];
  for (const [index, word] of words.entries()) {
    const delta = { id: 'chat-1', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: word }, finish_reason: null }] };
    answer.write(`data: ${JSON.stringify(delta)}\n\n`);
    if (id) await heardOf(`${id}/${index}`).promise;
  }

  answer.end('data: [DONE]\n\n');
}

async function lines(url, answer) {
  const id = url.searchParams.get('id');
  answer.writeHead(200, { 'content-type': 'text/plain' });
  for (const index of [0, 1, 2]) {
    answer.write(`line ${index}\n`);
    if (id) await heardOf(`${id}/${index}`).promise;
  }

  answer.end('end\n');
}

async function upload(request, answer) {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of request) {
    digest.update(chunk);
    bytes += chunk.length;
  }

  answer.writeHead(200, { 'content-type': 'application/json' });
  answer.end(JSON.stringify({ bytes, sha256: digest.digest('hex'), expect: request.headers.expect ?? null }) + '\n');
}

async function serve(request, answer) {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/chat') return chat(url, answer);
  if (url.pathname === '/lines') return lines(url, answer);
  if (url.pathname === '/upload') return upload(request, answer);
  if (url.pathname === '/heard') {
    heardOf(url.searchParams.get('what')).resolve();
    answer.writeHead(204);
    return answer.end();
  }

  answer.writeHead(404);
  answer.end();
}

const [certificate, key] = process.argv.slice(2).map(file => readFileSync(file));
const plain = http.createServer(serve);
const tls = https.createServer({ cert: certificate, key }, serve);
for (const server of [plain, tls]) {
  new WebSocketServer({ server, path: '/socket', perMessageDeflate: { threshold: 0 } }).on('connection', socket =>
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })));
}

plain.listen(0, '127.0.0.1', () => tls.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ plain: plain.address().port, tls: tls.address().port }))));
