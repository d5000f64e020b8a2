// Echoes text, a large text and binary over a WebSocket through the proxy.
import { HttpsProxyAgent } from 'https-proxy-agent';
import WebSocket from 'ws';

const socket = new WebSocket(`${process.argv[2].replace(/^http/, 'ws')}/socket`, { agent: new HttpsProxyAgent(process.env.HTTPS_PROXY) });
const sent = ['hello', 'a sentence of many words. '.repeat(4000), Buffer.from([0, 1, 2, 253, 254, 255])];
await new Promise((resolve, reject) => { socket.once('open', resolve); socket.once('error', reject); });
for (const message of sent) {
  const back = new Promise((resolve, reject) => { socket.once('message', resolve); socket.once('close', reject); });
  socket.send(message);
  if (!Buffer.from(message).equals(await back)) throw new Error('the echo differs');
  console.log('echoed', message.length);
}

const closed = new Promise(resolve => socket.once('close', resolve));
socket.close(1000);
console.log('closed', await closed);
