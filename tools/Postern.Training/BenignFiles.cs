using System.IO.Compression;
using System.Text.Unicode;

namespace Postern.Training;

/// <summary>Ordinary texts of a machine in pieces of about a kilobyte: documentation, manual pages, sources, packages' READMEs.</summary>
internal static class BenignFiles
{
    private const int PieceBytes = 1024;
    private const int MaxPiecesPerFile = 24;
    private const int MaxFileBytes = 4 * 1024 * 1024;
    private static readonly HashSet<string> s_skipped = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".gif", ".dll", ".so", ".node", ".wasm", ".pdf", ".ico", ".woff", ".woff2", ".zip", ".map", ".exe", ".a", ".o", ".svg", ".db", ".bin", ".ttf", ".epub", ".min.js",
    };

    /// <summary>
    /// Pieces of the files, of each file at most so many, up to a number; the order is that of a hash of the paths, and files of one share
    /// (0, 1 or 2 by the same hash) never give pieces to another.
    /// </summary>
    public static IEnumerable<byte[]> Pieces(IEnumerable<string> directories, Func<int, bool> share, int count)
    {
        var files = directories
            .SelectMany(static d => Directory.EnumerateFiles(d, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            .Where(static f => !s_skipped.Contains(Path.GetExtension(f)))
            .Select(static f => (File: f, Hash: HashOf(f)))
            .Where(f => share((int)(f.Hash % 3)))
            .OrderBy(static f => f.Hash);
        var given = 0;
        foreach (var (file, hash) in files)
        {
            foreach (var piece in PiecesOf(file, hash))
            {
                yield return piece;
                if (++given == count)
                {
                    yield break;
                }
            }
        }
    }

    private static IEnumerable<byte[]> PiecesOf(string file, uint hash)
    {
        var text = Read(file);
        if (text.Length < 64 || !Utf8.IsValid(text) || text.AsSpan().Contains((byte)0))
        {
            yield break;
        }

        var pieces = Math.Max(1, text.Length / PieceBytes);
        var step = Math.Max(1, pieces / MaxPiecesPerFile);
        for (var i = (int)(hash % (uint)step); i < pieces; i += step)
        {
            var start = CharacterAt(text, i * PieceBytes);
            yield return text[start..CharacterAt(text, Math.Min(text.Length, (i + 1) * PieceBytes))];
        }
    }

    private static int CharacterAt(byte[] text, int at)
    {
        while (at < text.Length && (text[at] & 0xC0) == 0x80)
        {
            at++;
        }

        return at;
    }

    private static byte[] Read(string file)
    {
        try
        {
            using var raw = File.OpenRead(file);
            if (raw.Length > MaxFileBytes)
            {
                return [];
            }

            using var plain = new MemoryStream();
            if (file.EndsWith(".gz", StringComparison.Ordinal))
            {
                using var gzip = new GZipStream(raw, CompressionMode.Decompress);
                gzip.CopyTo(plain);
            }
            else
            {
                raw.CopyTo(plain);
            }

            return plain.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [];
        }
    }

    private static uint HashOf(string path)
    {
        var hash = 2166136261u;
        foreach (var c in path)
        {
            hash = (hash ^ c) * 16777619;
        }

        hash ^= hash >> 15;
        return hash * 0x85EBCA6B;
    }
}
