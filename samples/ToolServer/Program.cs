using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Postern.AspNetCore;
using Postern.Mcp;

await using var checkpoint = PosternCheckpoint.Open(new PosternOptions(args[0]));
var options = new McpServerOptions
{
    ToolCollection = [McpServerTool.Create((string text) => text, new() { Name = "echo", Description = "Says it again." })],
};
options.UsePostern(checkpoint, "echo-server");

// Two pipes stand for standard input and output.
var (up, down) = (new Pipe(), new Pipe());
await using var server = McpServer.Create(new StreamServerTransport(up.Reader.AsStream(), down.Writer.AsStream()), options);
var running = server.RunAsync();

await using (var client = await McpClient.CreateAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream())))
{
    Console.WriteLine(string.Join(", ", (await client.ListToolsAsync()).Select(tool => tool.Name)));
    foreach (var text in (string[])["good morning", "my key is AKIA" + "Z7QXH3KPLMN4VWRT"])
    {
        var result = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = text });
        var said = ((TextContentBlock)result.Content[0]).Text;
        Console.WriteLine(result.IsError == true ? "refused: " + said.Split('\n').First(line => line.StartsWith("rule:", StringComparison.Ordinal)) : said);
    }
}

await up.Writer.CompleteAsync();
await running;
