using Postern.Engine.Flow;
using Postern.Transports.Files;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Files that an agent writes and others will read; a text passes when there is no objection either way.</summary>
internal sealed class FileSpeaker(World world) : ISpeaker
{
    public World World => world;

    public static async Task<ISpeaker> StartAsync() => new FileSpeaker(await World.StartAsync(await Upstream.StartAsync()));

    public Task<ITalk> OpenAsync() => Task.FromResult<ITalk>(new Talk(new FileCheckpoint(world.Inspector, world.Policies, agent: "")));

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private sealed class Talk(FileCheckpoint checkpoint) : ITalk
    {
        public Task FarEnd => Task.CompletedTask;

        public async Task<string?> CarryAsync(string text)
        {
            var exchange = checkpoint.Begin(writer: null);
            var written = new WrittenText("WRITE", "notes.txt", System.Text.Encoding.UTF8.GetBytes(text), Direction.Inbound);
            return await checkpoint.JudgeAsync(exchange, written, CancellationToken.None) is null
                && await checkpoint.JudgeAsync(exchange, written with { Direction = Direction.Outbound }, CancellationToken.None) is null ? text : null;
        }

        public ValueTask DisposeAsync() => default;
    }
}
