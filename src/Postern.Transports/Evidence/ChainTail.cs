using System.Text;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;

namespace Postern.Transports.Evidence;

/// <summary>
/// Where the newest chain of a directory ends. Only the newest file is read, from its last checkpoint on: the checkpoint's edge stands
/// for everything before it, so a start takes the same time however much evidence there is.
/// </summary>
/// <param name="Chain">The chain, verified up to its last complete record.</param>
/// <param name="File">The file to go on with.</param>
/// <param name="KeepBytes">Bytes of that file which hold complete records.</param>
/// <param name="DroppedBytes">Bytes behind them, of a record that was never completed.</param>
internal sealed record ChainTail(ChainVerifier Chain, string File, long KeepBytes, long DroppedBytes)
{
    private const int FirstStretchBytes = 256 * 1024;

    // How a checkpoint's line begins; no other record's does, and no text inside a record can begin a line.
    private static readonly byte[] s_chainStart = "{\"chain\":\""u8.ToArray();
    private static readonly byte[] s_checkpointMark = "\",\"closing\":"u8.ToArray();

    /// <summary>Reads the tail; null when there is no record here.</summary>
    /// <exception cref="EvidenceUnsoundException">It does not verify, or it is not clear which chain is the newest.</exception>
    public static ChainTail? Read(RecordFolder folder, IEd25519 algorithm)
    {
        // No query: the runtime would compile each of its steps for this one use, at every start.
        var chains = new Dictionary<uint, List<EvidenceFile>>();
        foreach (var file in folder.List())
        {
            if (!chains.TryGetValue(NameOf(file).Chain, out var files))
            {
                chains[NameOf(file).Chain] = files = [];
            }

            files.Add(file);
        }

        foreach (var files in chains.Values)
        {
            files.Sort(static (one, other) => NameOf(one).FirstSequence.CompareTo(NameOf(other).FirstSequence));
        }

        DropStillborn(folder, chains);
        return chains.Count == 0 ? null : ReadNewest(folder, Newest(folder, chains, algorithm), algorithm);
    }

    private static EvidenceFileName NameOf(EvidenceFile file) => EvidenceFileName.TryParse(file.Name, out var name) ? name : default;

    // A chain whose only file holds no complete line died before its header was kept; nothing was ever acknowledged in it.
    private static void DropStillborn(RecordFolder folder, Dictionary<uint, List<EvidenceFile>> chains)
    {
        foreach (var (chain, files) in chains.ToArray())
        {
            if (files.Count == 1 && Stretch.Complete(files[0]) is { End: 0 })
            {
                folder.Remove(files[0].Name);
                chains.Remove(chain);
            }
        }
    }

    private static List<EvidenceFile> Newest(RecordFolder folder, Dictionary<uint, List<EvidenceFile>> chains, IEd25519 algorithm)
    {
        var followed = chains.Values.Select(files => PreviousOf(files[0], algorithm)).OfType<uint>().ToHashSet();
        var newest = chains.Where(chain => !followed.Contains(chain.Key)).ToList();
        return newest.Count == 1
            ? newest[0].Value
            : throw new EvidenceUnsoundException(
                $"the evidence in {folder.Path} holds {newest.Count} chains that nothing follows; run 'postern evidence verify {folder.Path}' and keep one");
    }

    private static uint? PreviousOf(EvidenceFile first, IEd25519 algorithm)
    {
        using var stream = first.Open();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var chain = new ChainVerifier(algorithm);
        return chain.Take(Encoding.UTF8.GetBytes(reader.ReadLine() ?? "")) is null ? chain.Previous?.Chain : null;
    }

    private static ChainTail ReadNewest(RecordFolder folder, List<EvidenceFile> files, IEd25519 algorithm)
    {
        var last = files[^1];
        var complete = Stretch.Complete(last);
        var full = complete.End > 0 ? last : files[^2];
        var chain = new ChainVerifier(algorithm);
        if (Follow(full, chain) is { } detail)
        {
            throw Unsound(folder, full.Name, detail);
        }

        var named = NameOf(last);
        if (chain.Chain != named.Chain || (complete.End == 0 && chain.State!.NextSequence != named.FirstSequence))
        {
            throw Unsound(folder, last.Name, "its name does not fit the records before it");
        }

        return new ChainTail(chain, last.Name, complete.End, complete.Length - complete.End);
    }

    private static EvidenceUnsoundException Unsound(RecordFolder folder, string file, string detail) => new(
        $"the end of the evidence in {System.IO.Path.Combine(folder.Path, file)} does not verify: {detail}. "
        + $"Nothing was changed. Run 'postern evidence verify {folder.Path}'; to start afresh, move the directory away");

    // Null when everything from the last checkpoint (or the header) to the last complete line holds.
    private static string? Follow(EvidenceFile file, ChainVerifier chain)
    {
        using var stream = file.Open();
        var end = Stretch.Complete(stream).End;
        for (long stretch = FirstStretchBytes; ; stretch *= 4)
        {
            var from = Math.Max(0, end - stretch);
            var bytes = Stretch.Read(stream, from, end);
            var start = from == 0 ? 0 : bytes.AsSpan().IndexOf((byte)'\n') + 1;
            start = LastCheckpoint(bytes, start) is var found and >= 0 ? found : from == 0 ? 0 : -1;
            if (start >= 0)
            {
                return Follow(bytes.AsSpan(start), chain);
            }
        }
    }

    private static string? Follow(ReadOnlySpan<byte> lines, ChainVerifier chain)
    {
        while (!lines.IsEmpty)
        {
            var feed = lines.IndexOf((byte)'\n');
            if (chain.Take(lines[..feed]) is { } wrong)
            {
                return wrong.Detail;
            }

            lines = lines[(feed + 1)..];
        }

        return null;
    }

    private static int LastCheckpoint(ReadOnlySpan<byte> bytes, int start)
    {
        var last = -1;
        while (start < bytes.Length)
        {
            var line = bytes[start..];
            if (line.StartsWith(s_chainStart) && line.Length > 18 && line[18..].StartsWith(s_checkpointMark))
            {
                last = start;
            }

            start += line.IndexOf((byte)'\n') + 1;
        }

        return last;
    }
}
