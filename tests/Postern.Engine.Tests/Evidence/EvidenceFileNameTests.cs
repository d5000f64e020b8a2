using Postern.Engine.Evidence;

namespace Postern.Engine.Tests.Evidence;

public sealed class EvidenceFileNameTests
{
    [Theory]
    [InlineData("evidence-1a2b3c4d-0.jsonl", 0x1a2b3c4du, 0)]
    [InlineData("evidence-00000000-123456789012.jsonl", 0u, 123456789012)]
    public void Reads_and_writes_names(string name, uint chain, long first)
    {
        Assert.True(EvidenceFileName.TryParse(name, out var parsed));
        Assert.Equal(new EvidenceFileName(chain, first), parsed);
        Assert.Equal(name, parsed.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("evidence-1a2b3c4d-.jsonl")]
    [InlineData("evidence-1a2b3c4d-01.jsonl")]
    [InlineData("evidence-1A2B3C4D-1.jsonl")]
    [InlineData("evidence-1a2b3c4d-+1.jsonl")]
    [InlineData("evidence-1a2b3c4d_1.jsonl")]
    [InlineData("evidence-1a2b3c4-11.jsonl")]
    [InlineData("evidence-1a2b3c4d-1.json")]
    [InlineData("x/evidence-1a2b3c4d-1.jsonl")]
    [InlineData("evidence-1a2b3c4d-99999999999999999999.jsonl")]
    public void Refuses_other_names(string? name) => Assert.False(EvidenceFileName.TryParse(name, out _));
}
