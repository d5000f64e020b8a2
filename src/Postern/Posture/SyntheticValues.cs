using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Program.Posture;

/// <summary>
/// Fills the places of a payload: <c>&lt;&lt;aws|base64&gt;&gt;</c>. Values have the shape of credentials, are drawn when they are needed
/// and belong to nobody; within one scenario the same name is the same value.
/// </summary>
/// <param name="host">What <c>&lt;&lt;host&gt;&gt;</c> stands for.</param>
internal sealed class SyntheticValues(string host)
{
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>Every so many characters a digit, so that no value looks like a word by chance.</summary>
    private const int DigitEvery = 5;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal) { ["host"] = host };

    /// <summary>The payload with every place filled.</summary>
    public string Fill(string payload)
    {
        var filled = new StringBuilder();
        var rest = payload.AsSpan();
        while (rest.IndexOf("<<", StringComparison.Ordinal) is var begin and >= 0)
        {
            var length = rest[begin..].IndexOf(">>", StringComparison.Ordinal);
            filled.Append(rest[..begin]).Append(ValueOf(rest.Slice(begin + 2, length - 2).ToString()));
            rest = rest[(begin + length + 2)..];
        }

        return filled.Append(rest).ToString();
    }

    private string ValueOf(string place)
    {
        var steps = place.Split('|');
        var name = steps[0];
        if (!_values.TryGetValue(name, out var value))
        {
            _values[name] = value = name.StartsWith('=') ? name[1..] : Draw(name);
        }

        return steps.Skip(1).Aggregate(value, Encode);
    }

    private static string Draw(string name) => name switch
    {
        "aws" => "AKIA" + Random(16, Upper, "234567"),
        "gitlab" => "glpat-" + Random(20),
        "huggingface" => "hf_" + RandomNumberGenerator.GetString(Upper + Lower, 34),
        "slack" => $"xoxb-{RandomNumberGenerator.GetString(Digits, 12)}-{RandomNumberGenerator.GetString(Digits, 13)}-{Random(24)}",
        "anthropic" => $"sk-ant-api03-{Random(93)}AA",
        "pem" => PrivateKey(),

        // No letter twice: the entropy is the same in every run.
        "random" => new string(Shuffled(Upper + Lower + Digits)[..40]),
        _ => throw new InvalidOperationException($"No synthetic value is called {name}."),
    };

    private static string Random(int length, string letters = Upper + Lower, string digits = Digits) => string.Concat(
        Enumerable.Range(1, length).Select(at => RandomNumberGenerator.GetString(at % DigitEvery == 0 ? digits : letters, 1)));

    private static char[] Shuffled(string letters)
    {
        var all = letters.ToCharArray();
        RandomNumberGenerator.Shuffle<char>(all);
        return all;
    }

    private static string PrivateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>A value under one coding.</summary>
    public static string Encode(string value, string coding) => coding switch
    {
        "plain" => value,
        "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
        "hex" => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
        "percent" => string.Concat(Encoding.UTF8.GetBytes(value).Select(static b => $"%{b:X2}")),
        "reverse" => new string([.. value.Reverse()]),
        "spaced" => string.Join(' ', value.ToCharArray()),
        "zero-width" => string.Join('\u200B', value.Chunk(4).Select(static piece => new string(piece))),
        "full-width" => string.Concat(value.Select(static c => c is > ' ' and < '\u007F' ? (char)(c + 0xFEE0) : c)),
        "entities" => string.Concat(value.Select(static c => $"&#{(int)c};")),
        "escapes" => string.Concat(value.Select(static c => $"\\u{(int)c:x4}")),
        "lines" => value.Replace("\n", "\\n", StringComparison.Ordinal),
        "gzip" => Convert.ToBase64String(Gzip(Encoding.UTF8.GetBytes(value))),
        "first" => value[..(value.Length / 2)],
        "last" => value[(value.Length / 2)..],
        _ => throw new InvalidOperationException($"No coding is called {coding}."),
    };

    /// <summary>Compressed, as a body under <c>Content-Encoding: gzip</c>.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
