using System.Security.Cryptography;
using System.Text.Json;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Program.Proof;

namespace Postern.Program.Releasing;

/// <summary>The signed statement in a release's folder: which files it has, and how they were built (SLSA provenance).</summary>
internal static class ReleaseSeal
{
    /// <summary>Where it lies.</summary>
    public const string FileName = "postern.release.json";

    private const string Provenance = "https://slsa.dev/provenance/v1";

    /// <summary>More than any statement about a few hundred files needs.</summary>
    private const int MaxBytes = 1 << 20;

    /// <summary>A statement about every file in <paramref name="folder"/>.</summary>
    public static string Make(string folder, BuildFacts build, EvidenceSigner signer) => InTotoEnvelope.Sign(
        FilesIn(folder).Select(name => new EvidenceFile(name, () => File.OpenRead(Path.Join(folder, name)))), Provenance, writer => Write(writer, build), signer);

    /// <summary>Compares <paramref name="folder"/> with its statement. Empty when nothing differs.</summary>
    /// <param name="folder">Where the release was unpacked.</param>
    /// <param name="publicKey">Whose word counts, in hex.</param>
    /// <param name="algorithm">Checks the signature.</param>
    /// <exception cref="ReleaseSealException">There is no statement, or nobody vouches for it.</exception>
    public static IReadOnlyList<string> Differences(string folder, string publicKey, IEd25519 algorithm)
    {
        var path = Path.Join(folder, FileName);
        if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes)
        {
            throw new ReleaseSealException($"{folder} holds no {FileName}: this is no release, or not all of one");
        }

        if (InTotoEnvelope.Open(File.ReadAllText(path), publicKey, algorithm) is not var (statement, _) || !statement.GetProperty("predicateType").ValueEquals(Provenance))
        {
            throw new ReleaseSealException($"{FileName} is not signed by that key");
        }

        var said = statement.GetProperty("subject").EnumerateArray()
            .ToDictionary(static file => file.GetProperty("name").GetString()!, static file => file.GetProperty("digest").GetProperty("sha256").GetString()!, StringComparer.Ordinal);
        var there = FilesIn(folder);
        return
        [
            .. said.Keys.Except(there).Select(static name => name + " is missing"),
            .. there.Except(said.Keys).Select(static name => name + " is no part of the release"),
            .. there.Where(name => said.TryGetValue(name, out var hash) && hash != HashOf(Path.Join(folder, name))).Select(static name => name + " was changed"),
        ];
    }

    private static string[] FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Where(static name => name != FileName).Order(StringComparer.Ordinal),
    ];

    private static string HashOf(string path)
    {
        using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static void Write(Utf8JsonWriter writer, BuildFacts build)
    {
        writer.WriteStartObject("buildDefinition");
        writer.WriteString("buildType", "https://postern.dev/release/v1");
        writer.WriteStartObject("externalParameters");
        writer.WriteString("target", build.Target);
        writer.WriteEndObject();
        writer.WriteArray("resolvedDependencies", [build], static (item, from) =>
        {
            item.WriteString("uri", from.Source);
            item.WriteStartObject("digest");
            item.WriteString("gitCommit", from.Commit);
            item.WriteEndObject();
        });
        writer.WriteEndObject();
        writer.WriteStartObject("runDetails");
        writer.WriteStartObject("builder");
        writer.WriteString("id", build.Builder);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
