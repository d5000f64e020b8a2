using System.Text;
using Postern.Engine.Evidence.Verification;

namespace Postern.Engine.Tests.Evidence.Verification;

/// <summary>An evidence file whose lines a test can bend.</summary>
internal sealed record MemoryFile(string Name, List<string> Lines)
{
    public string Tail { get; set; } = "";

    public EvidenceFile AsEvidence() =>
        new(Name, () => new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Lines.Select(line => line + "\n")) + Tail)));
}
