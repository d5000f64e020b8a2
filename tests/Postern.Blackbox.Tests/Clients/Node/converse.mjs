// Reads a streamed answer with fetch and confirms each part before the server sends the next: passes only when nothing is held back.
const [origin, path, id] = process.argv.slice(2);
const answer = await fetch(`${origin}${path}?id=${id}`);
const decoder = new TextDecoder();
let text = '';
let confirmed = 0;
for await (const chunk of answer.body) {
  text += decoder.decode(chunk, { stream: true });
  const parts = text.split(path === '/chat' ? '\n\n' : '\n').length - 1;
  for (; confirmed < parts; confirmed++) {
    const heard = await fetch(`${origin}/heard?what=${id}/${confirmed}`);
    if (heard.status !== 204) throw new Error(`/heard: ${heard.status} ${await heard.text()}`);
  }
}

console.log(answer.status, answer.headers.get('content-type'));
console.log(text);
