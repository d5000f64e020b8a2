using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;

namespace Postern.Engine.Tests.Evidence.Verification;

/// <summary>What somebody without the key can do to files, and where it is noticed.</summary>
public sealed class TamperedEvidenceTests
{
    private readonly EvidenceSigner _signer = ChainScript.Signer("one");
    private readonly EvidenceSigner _other = ChainScript.Signer("two");

    public static TheoryData<string, EvidenceFault, int, int> Tamperings => new()
    {
        { "remove a record", EvidenceFault.BrokenSequence, 0, 5 },
        { "remove a record and renumber", EvidenceFault.BrokenLink, 0, 5 },
        { "remove a checkpoint", EvidenceFault.BrokenSequence, 0, 8 },
        { "remove the header", EvidenceFault.BrokenLink, 0, 2 },
        { "alter a record", EvidenceFault.BrokenLink, 0, 5 },
        { "alter a record and relink", EvidenceFault.WrongRoot, 0, 8 },
        { "alter the header's version", EvidenceFault.BrokenLink, 0, 2 },
        { "swap two records", EvidenceFault.BrokenSequence, 0, 4 },
        { "swap two records and renumber", EvidenceFault.BrokenLink, 0, 4 },
        { "duplicate a record", EvidenceFault.BrokenSequence, 0, 5 },
        { "insert a record", EvidenceFault.BrokenSequence, 0, 5 },
        { "cut a line short", EvidenceFault.Malformed, 0, 4 },
        { "white space", EvidenceFault.Malformed, 0, 4 },
        { "unknown member", EvidenceFault.Malformed, 0, 4 },
        { "missing member", EvidenceFault.Malformed, 0, 4 },
        { "duplicate member", EvidenceFault.Malformed, 0, 4 },
        { "another version", EvidenceFault.Malformed, 0, 4 },
        { "empty line", EvidenceFault.Malformed, 0, 4 },
        { "another chain's record", EvidenceFault.WrongChain, 0, 4 },
        { "alter a signature", EvidenceFault.BadSignature, 0, 8 },
        { "alter a root", EvidenceFault.WrongRoot, 0, 8 },
        { "alter an edge", EvidenceFault.WrongRoot, 0, 8 },
        { "alter a checkpoint's time", EvidenceFault.BadSignature, 0, 8 },
        { "claim a closed state", EvidenceFault.BadSignature, 0, 8 },
        { "another key in a checkpoint", EvidenceFault.UntrustedKey, 0, 8 },
        { "another origin in a checkpoint", EvidenceFault.UntrustedKey, 0, 8 },
        { "remove the first file's tail", EvidenceFault.BrokenSequence, 1, 1 },
        { "torn last line", EvidenceFault.TornLine, 1, 6 },
        { "torn first file", EvidenceFault.TornLine, 0, 12 },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public void Finds(string tampering, EvidenceFault fault, int file, int line)
    {
        var files = ChainScript.Sound(_signer).Files();
        Tamper(tampering, files);
        var report = ChainScript.Verify(files);
        Assert.False(report.Sound);
        Assert.Equal((fault, files[file].Name, (long)line), (report.Failure!.Fault, report.Failure.File, report.Failure.Line));
        Assert.DoesNotContain("agent-1", report.Failure.ToString(), StringComparison.Ordinal);
    }

    private void Tamper(string tampering, List<MemoryFile> files)
    {
        var lines = files[0].Lines;
        switch (tampering)
        {
            case "remove a record": lines.RemoveAt(4); break;
            case "remove a record and renumber":
                lines.RemoveAt(4);
                for (var i = 4; i < lines.Count; i++)
                {
                    lines[i] = lines[i].Replace($"\"seq\":{i + 1},", $"\"seq\":{i},", StringComparison.Ordinal);
                }

                break;
            case "remove a checkpoint": lines.RemoveAt(7); break;
            case "remove the header": lines.RemoveAt(0); Renew(lines, 0); break;
            case "alter a record": Bend(lines, 3, "\"effect\":\"allow\"", "\"effect\":\"deny\""); break;
            case "alter a record and relink":
                Bend(lines, 3, "\"effect\":\"allow\"", "\"effect\":\"deny\"");
                Relink(lines, 4);
                break;
            case "alter the header's version": Bend(lines, 0, "0.1.0", "0.2.0"); break;
            case "swap two records": (lines[3], lines[4]) = (lines[4], lines[3]); break;
            case "swap two records and renumber":
                (lines[3], lines[4]) = (lines[4].Replace("\"seq\":4,", "\"seq\":3,", StringComparison.Ordinal), lines[3].Replace("\"seq\":3,", "\"seq\":4,", StringComparison.Ordinal));
                break;
            case "duplicate a record": lines.Insert(4, lines[3]); break;
            case "insert a record": lines.Insert(4, lines[3].Replace("\"seq\":3,", "\"seq\":9,", StringComparison.Ordinal)); break;
            case "cut a line short": lines[3] = lines[3][..40]; break;
            case "white space": lines[3] = lines[3].Replace(",\"actor\"", ", \"actor\"", StringComparison.Ordinal); break;
            case "unknown member": Bend(lines, 3, ",\"v\":1}", ",\"v\":1,\"w\":1}"); break;
            case "missing member": Bend(lines, 3, "\"grant\":\"mode:balanced\",", ""); break;
            case "duplicate member": Bend(lines, 3, ",\"v\":1}", ",\"v\":1,\"v\":1}"); break;
            case "another version": Bend(lines, 3, ",\"v\":1}", ",\"v\":2}"); break;
            case "empty line": lines.Insert(3, ""); break;
            case "another chain's record": Bend(lines, 3, "\"chain\":\"1a2b3c4d\"", "\"chain\":\"1a2b3c4e\""); break;
            case "alter a signature": Flip(lines, 7, "\"signature\":\""); break;
            case "alter a root": Flip(lines, 7, "\"root\":\""); break;
            case "alter an edge": Flip(lines, 7, "\"edge\":\""); break;
            case "alter a checkpoint's time": Bend(lines, 7, "\"ts\":\"2026-11-20T06:00:00", "\"ts\":\"2026-11-20T06:00:01"); break;
            case "claim a closed state": Bend(lines, 7, "\"closing\":false", "\"closing\":true"); break;
            case "another key in a checkpoint": Bend(lines, 7, ChainScript.KeyOf(_signer), ChainScript.KeyOf(_other)); break;
            case "another origin in a checkpoint": Bend(lines, 7, "postern.evidence/1a2b3c4d/2026", "postern.evidence/1a2b3c4d/2025"); break;
            case "remove the first file's tail": lines.RemoveRange(8, lines.Count - 8); break;
            case "torn last line": files[1].Tail = "{\"action\":"; break;
            case "torn first file": files[0].Tail = "x"; break;
            default: throw new ArgumentException(tampering);
        }
    }

    // A file may begin with a checkpoint, so without its header a chain still begins; its next record does not fit the forged start.
    private static void Renew(List<string> lines, int index) => Bend(lines, index, "\"prev\":\"" + lines[index].Split("\"prev\":\"")[1][..64], "\"prev\":\"" + new string('0', 64));

    private static void Bend(List<string> lines, int index, string from, string to)
    {
        Assert.Contains(from, lines[index], StringComparison.Ordinal);
        lines[index] = lines[index].Replace(from, to, StringComparison.Ordinal);
    }

    private static void Flip(List<string> lines, int index, string before)
    {
        var at = lines[index].IndexOf(before, StringComparison.Ordinal) + before.Length;
        var flipped = lines[index][at] == '0' ? '1' : '0';
        lines[index] = lines[index][..at] + flipped + lines[index][(at + 1)..];
    }

    // What somebody without the key can do: carry the new hashes forward through every later record.
    private static void Relink(List<string> lines, int from)
    {
        for (var i = from; i < lines.Count; i++)
        {
            var prev = lines[i].Split("\"prev\":\"")[1][..64];
            lines[i] = lines[i].Replace(prev, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[i - 1]))), StringComparison.Ordinal);
        }
    }
}
