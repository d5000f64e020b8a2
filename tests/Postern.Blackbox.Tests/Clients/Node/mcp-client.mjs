// Uses every tool, prompt and resource list of an MCP server and prints what came back, a line each.
// argv: the URL of a server over HTTP, or a command with its arguments.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const [first, ...rest] = process.argv.slice(2);
const transport = first.startsWith('http')
  ? new StreamableHTTPClientTransport(new URL(first))
  : new StdioClientTransport({ command: first, args: rest, env: process.env, stderr: 'inherit' });
const client = new Client({ name: 'postern-test', version: '1' }, { capabilities: { sampling: {}, roots: {}, elicitation: {} } });
client.setRequestHandler(CreateMessageRequestSchema, async () => ({ model: 'none', role: 'assistant', content: { type: 'text', text: 'sampled' } }));
client.setRequestHandler(ElicitRequestSchema, async () => ({ action: 'decline' }));
client.setRequestHandler(ListRootsRequestSchema, async () => ({ roots: [{ uri: 'file:///tmp', name: 'tmp' }] }));
await client.connect(transport);
const say = (what, value) => console.log(`${what}: ${JSON.stringify(value)}`);
say('server', [client.getServerVersion(), client.getServerCapabilities(), client.getInstructions()]);

// Slow, random, or busy with the network or the machine: the same tool would not answer the same twice.
const left = new Set(['trigger-long-running-operation', 'gzip-file-as-resource', 'toggle-simulated-logging', 'toggle-subscriber-updates', 'simulate-research-query', 'get-env']);
const anything = schema => schema.default ?? schema.enum?.[0] ?? { number: 2, integer: 2, boolean: true, array: [], object: {} }[schema.type] ?? process.env.ANYTHING ?? 'hello';
const { tools } = await client.listTools();
say('tools', tools);
for (const tool of tools.filter(tool => !left.has(tool.name))) {
  const args = Object.fromEntries((tool.inputSchema.required ?? []).map(name => [name, anything(tool.inputSchema.properties[name])]));
  say(tool.name, await client.callTool({ name: tool.name, arguments: args }).catch(error => [error.code, error.message]));
}

if (client.getServerCapabilities().prompts) say('prompts', await client.listPrompts());
if (client.getServerCapabilities().resources) say('resources', await client.listResources());
if (process.env.LEAK) say('leak', await client.callTool({ name: tools[0].name, arguments: { message: process.env.LEAK } }));
await client.close();
process.exit(0);
