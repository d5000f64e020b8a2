using System.Text;
using Postern.Engine.Evidence.Verification;
using Postern.Program.Commands;
using Postern.Transports.Evidence;

namespace Postern.Program.Posture;

/// <summary>Changes a copy of the evidence as somebody would who has something to hide, and verifies it.</summary>
internal static class EvidenceProbe
{
    /// <summary>What every record of a ruling has: how much of it was looked at.</summary>
    private const string Member = "\"inspected\":";

    /// <summary>True when the copy verifies.</summary>
    /// <param name="directory">The evidence.</param>
    /// <param name="change"><c>intact</c>, <c>altered</c> or <c>removed</c>.</param>
    public static bool Holds(string directory, string change)
    {
        var files = EvidenceSource.FilesAt(directory).Select(file => Changed(file, change)).ToArray();
        return EvidenceVerifier.Verify(files, new VerificationDemand(), OpenSslEd25519.OrManaged()).Sound;
    }

    private static EvidenceFile Changed(EvidenceFile file, string change)
    {
        using var reader = new StreamReader(file.Open());
        var lines = reader.ReadToEnd().Split('\n').ToList();
        var first = lines.FindIndex(static line => line.Contains(Member, StringComparison.Ordinal));
        switch (change)
        {
            case "altered" when first >= 0:
                lines[first] = lines[first].Replace(Member, Member + "1", StringComparison.Ordinal);
                break;
            case "removed" when first >= 0:
                lines.RemoveAt(first);
                break;
        }

        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        return new EvidenceFile(file.Name, () => new MemoryStream(bytes));
    }
}
