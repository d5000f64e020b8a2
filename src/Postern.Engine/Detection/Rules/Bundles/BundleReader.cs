using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Detection.Rules.Bundles;

/// <summary>
/// Opens a bundle: signature first, then digests, then the rules with their examples. Nothing of it is interpreted before the
/// signature of a trusted publisher was found to hold, apart from the lines that say whose it is.
/// </summary>
public static class BundleReader
{
    /// <summary>The longest bundle, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Opens; never throws for what the bytes say.</summary>
    public static BundleOpening Open(ReadOnlyMemory<byte> bytes, BundleTrust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (bytes.Length > MaxBytes)
        {
            return Unsound($"longer than {MaxBytes} bytes");
        }

        var end = bytes.Span.IndexOf("\n\n"u8);
        if (end < 0 || bytes.Span[..end].ContainsAnyExceptInRange((byte)'\n', (byte)'~'))
        {
            return Unsound("not a rule bundle");
        }

        var lines = Encoding.ASCII.GetString(bytes.Span[..end]).Split('\n');
        if (HeadOf(lines) is not { } head || !lines[^1].StartsWith(BundleFormat.Signature, StringComparison.Ordinal))
        {
            return Unsound("not a rule bundle of this version of Postern");
        }

        var signed = bytes.Span[..(end - lines[^1].Length)];
        return !IsSigned(head.Publisher, signed, lines[^1][BundleFormat.Signature.Length..], trust.Algorithm) ? Unsound("its signature does not hold: it was changed after it was signed")
            : !trust.Keys.Contains(head.Publisher) ? Unsound($"its publisher {head.Publisher} is not among rules.trusted_keys")
            : FilesOf(lines[5..^1], bytes[(end + 2)..]) is not { } files ? Unsound("its rule files are not the ones that were signed: it was changed after it was signed")
            : head.MinimumEngine > trust.Engine ? new BundleOpening(null, [$"it needs Postern {head.MinimumEngine} or later; this is {trust.Engine}"], false)
            : Compile(head, files);
    }

    private static BundleOpening Unsound(string why) => new(null, [why], true);

    private static BundleHead? HeadOf(string[] lines) =>
        lines.Length > 6 && lines.Length <= 6 + BundleFormat.MaxFiles && lines[0] == BundleFormat.Magic
        && Field(lines[1], "name ") is { } name && BundleHead.IsName(name)
        && Version.TryParse(Field(lines[2], "version "), out var version) && lines[2] == "version " + version
        && Version.TryParse(Field(lines[3], "minimum-engine "), out var engine) && lines[3] == "minimum-engine " + engine
        && Field(lines[4], "publisher ") is { Length: 2 * IEd25519.PublicKeyBytes } key && key.All(char.IsAsciiHexDigitLower)
            ? new BundleHead(name, version, engine) { Publisher = key }
            : null;

    private static string? Field(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : null;

    private static bool IsSigned(string publisher, ReadOnlySpan<byte> signed, string signature, IEd25519 algorithm) =>
        signature.Length == 2 * IEd25519.SignatureBytes && signature.All(char.IsAsciiHexDigitLower)
        && algorithm.Verify(Convert.FromHexString(publisher), signed, Convert.FromHexString(signature));

    /// <summary>The files when each is what its line says and nothing is left over; else null.</summary>
    private static List<BundleFile>? FilesOf(string[] lines, ReadOnlyMemory<byte> rest)
    {
        var files = new List<BundleFile>();
        foreach (var line in lines)
        {
            if (line.Split(' ') is not ["file", var name, var digits, var digest] || !BundleFile.IsName(name)
                || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > rest.Length
                || Convert.ToHexStringLower(SHA256.HashData(rest.Span[..length])) != digest)
            {
                return null;
            }

            files.Add(new BundleFile(name, rest[..length]));
            rest = rest[length..];
        }

        return rest.IsEmpty ? files : null;
    }

    private static BundleOpening Compile(BundleHead head, List<BundleFile> files)
    {
        var errors = new List<RuleError>();
        var sources = new List<CompiledRule>();
        foreach (var file in files)
        {
            try
            {
                sources.AddRange(RuleCompiler.Sources(s_strict.GetString(file.Bytes.Span), file.Name, errors).Select(static source => source.Rule));
            }
            catch (DecoderFallbackException)
            {
                errors.Add(new RuleError(file.Name, 1, 1, "not UTF-8"));
            }
        }

        List<string> complaints = [.. errors.Select(static error => error.ToString()), .. Objections(sources)];
        return complaints.Count > 0 ? new BundleOpening(null, complaints, false) : new BundleOpening(new RuleBundle(head, RuleTable.Of([.. sources])), [], false);
    }

    private static IEnumerable<string> Objections(List<CompiledRule> rules)
    {
        if (rules.Count == 0)
        {
            yield return "it holds no rule";
        }

        foreach (var twice in rules.GroupBy(static rule => rule.Rule.Id).Where(static group => group.Count() > 1))
        {
            yield return $"the id '{twice.Key}' is used twice";
        }

        foreach (var rule in rules)
        {
            if (rule.Rule.Core)
            {
                yield return $"{rule.Rule.Id}: core is for built-in rules; nobody could ever suppress it";
            }

            if (RuleCatalogue.Find(rule.Rule.Id) is not null)
            {
                yield return $"{rule.Rule.Id}: a built-in rule has this id";
            }
        }
    }
}
