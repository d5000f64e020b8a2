using Postern.Engine.Configuration;
using Postern.Engine.Detection.Known;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Detection.Known;

/// <summary>An inspector that knows some values.</summary>
internal sealed class OwnWorld
{
    public static readonly MessageFacts Text = new(MessageKind.Text, Direction.Outbound) { Whole = true };

    public OwnWorld(IEnumerable<OwnSecret> values, string yaml = "")
    {
        var read = ConfigReader.Read(yaml, "test.yaml");
        Assert.Empty(read.Errors);
        var compiled = PolicyCompiler.Compile(read.Config!, new OwnSecrets("0123456789abcdef"u8.ToArray(), [.. values]));
        Assert.Empty(compiled.Errors);
        World = new TestWorld(policy: compiled.Policy);
    }

    public TestWorld World { get; }

    /// <summary>Ids of what was found in a text on its way out; empty when it may leave.</summary>
    public async Task<IReadOnlyList<Postern.Engine.Detection.Finding>> FindAsync(string text) => (await World.RuleAsync(World.Exchange(), TestWorld.Body(text, Text)))?.Findings ?? [];

    public Task<Refused?> SendAsync(Message message) => World.RuleAsync(World.Exchange(), message);
}
