using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;

namespace Postern.Engine.Tests.Evidence.Verification;

/// <summary>Writes a chain into memory, cut into files where a test says so.</summary>
internal sealed class ChainScript
{
    public const uint SoundChain = 0x1a2b3c4d;

    public static readonly DateTimeOffset Time = new(2026, 11, 20, 6, 0, 0, TimeSpan.Zero);

    private readonly List<(long First, ArrayBufferWriter<byte> Lines)> _files = [];

    public ChainScript(uint chain, EvidenceSigner signer, ChainLink? previous = null, string? endorsement = null)
    {
        Header = new ChainHeader(chain, Time, Convert.ToHexStringLower(signer.PublicKey), "0.1.0", previous, endorsement);
        _files.Add((0, new ArrayBufferWriter<byte>()));
        Writer = ChainWriter.Begin(Header, signer, _files[0].Lines);
    }

    public ChainHeader Header { get; }

    public ChainWriter Writer { get; }

    /// <summary>Header 0, checkpoint 1, records 2-6, checkpoint 7, records 8-10; in a second file checkpoint 11, records 12-14, closing checkpoint 15.</summary>
    public static ChainScript Sound(EvidenceSigner signer) =>
        new ChainScript(SoundChain, signer).Checkpoint().Records(5).Checkpoint().Records(3).Cut().Records(3).Checkpoint(closing: true);

    public static string KeyOf(EvidenceSigner signer) => Convert.ToHexStringLower(signer.PublicKey);

    public static EvidenceSigner Signer(string seed) => new(new ManagedEd25519(), SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    public ChainScript Records(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Writer.Append(Drafts.Clean((ulong)i), Time, _files[^1].Lines);
        }

        return this;
    }

    public ChainScript Record(in EvidenceDraft draft)
    {
        Writer.Append(in draft, Time, _files[^1].Lines);
        return this;
    }

    public ChainScript Checkpoint(bool closing = false)
    {
        Writer.AppendCheckpoint(Time, closing, _files[^1].Lines);
        return this;
    }

    public ChainScript Cut()
    {
        _files.Add((Writer.NextSequence, new ArrayBufferWriter<byte>()));
        return Checkpoint();
    }

    /// <summary>Where the chain stands, as its successor names it.</summary>
    public ChainLink Link()
    {
        var last = Files()[^1].Lines[^1];
        return new ChainLink(Header.Chain, Writer.NextSequence - 1, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(last))), Header.Key);
    }

    public List<MemoryFile> Files() => [.. _files.Select(file => new MemoryFile(
        new EvidenceFileName(Header.Chain, file.First).ToString(),
        [.. Encoding.UTF8.GetString(file.Lines.WrittenSpan).TrimEnd('\n').Split('\n')]))];

    public static VerificationReport Verify(IEnumerable<MemoryFile> files, VerificationDemand? demand = null) =>
        EvidenceVerifier.Verify(files.Select(file => file.AsEvidence()), demand ?? new VerificationDemand(), new ManagedEd25519());
}
