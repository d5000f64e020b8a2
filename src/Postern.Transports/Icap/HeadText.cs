using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Engine.Flow;
using Postern.Transports.Http;

namespace Postern.Transports.Icap;

/// <summary>A head as text: of ICAP itself, or of a message in it. Three words and fields, in the order in which they came.</summary>
internal sealed class HeadText
{
    /// <summary>What the next hop sets for itself: it is nothing of what is said.</summary>
    private static readonly FrozenSet<string> s_framing = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Host", "Content-Length");

    private HeadText(string[] words, List<KeyValuePair<string, string>> fields) => (First, Second, Third, Fields) = (words[0], words[1], words.Length > 2 ? words[2] : string.Empty, fields);

    /// <summary>The method; of a response the version.</summary>
    public string First { get; }

    /// <summary>The target; of a response the status.</summary>
    public string Second { get; }

    /// <summary>The version; of a response the reason, or nothing.</summary>
    public string Third { get; }

    /// <summary>The header fields. Values may hold credentials: never log them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>Reads a head; null for anything that two readers could read differently: other line ends, folded lines, names that are no token.</summary>
    /// <param name="bytes">All of it, its empty line included.</param>
    /// <param name="maxFields">More are refused.</param>
    public static HeadText? TryParse(ReadOnlySpan<byte> bytes, int maxFields)
    {
        if (!bytes.EndsWith("\r\n\r\n"u8))
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(bytes[..^4]).Split("\r\n");
        var words = lines[0].Split(' ', 3);
        if (words.Length < 2 || lines.Length - 1 > maxFields || HasLineEnd(lines[0]))
        {
            return null;
        }

        var fields = new List<KeyValuePair<string, string>>(lines.Length - 1);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || HasLineEnd(line) || HeaderRules.Check(line.AsSpan(0, colon), default) != Obstacle.None)
            {
                return null;
            }

            fields.Add(new(line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return new HeadText(words, fields);
    }

    /// <summary>The value of a field; several are one with commas. Empty when there is none.</summary>
    public string ValueOf(string name) => string.Join(", ", Fields.Where(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value));

    /// <summary>True when <paramref name="message"/> says in its header fields just what this head says: then whoever has the head need not be given another.</summary>
    public bool IsSaidBy(Message message)
    {
        var said = new List<string>(Fields.Count);
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue)
            {
                Note(said, Encoding.Latin1.GetString(message.NameOf(part)), Encoding.Latin1.GetString(message.Of(part)));
            }
        }

        var own = new List<string>(Fields.Count);
        foreach (var (name, value) in Fields)
        {
            if (HeaderRules.IsHopByHop(name) && !IsPlainHop(name, value))
            {
                return false;
            }

            Note(own, name, value);
        }

        // What a status means is said by its number; other words for it are words that nobody looked at.
        if (message.Direction == Direction.Inbound && Third.Length > 0 && (!int.TryParse(Second, NumberStyles.None, CultureInfo.InvariantCulture, out var status) || Third != ReasonPhrases.GetReasonPhrase(status)))
        {
            return false;
        }

        // Nobody sends a coding to whoever asked for none.
        if (message.Direction == Direction.Outbound && ValueOf("Accept-Encoding").Length == 0)
        {
            said.Remove("accept-encoding:identity");
        }

        said.Sort(StringComparer.Ordinal);
        own.Sort(StringComparer.Ordinal);
        return said.SequenceEqual(own, StringComparer.Ordinal);
    }

    /// <summary>What proxies say to each other about a connection, in numbers and words that are known.</summary>
    private static bool IsPlainHop(string name, string value) => name.ToUpperInvariant() switch
    {
        "CONNECTION" or "PROXY-CONNECTION" => value.ToUpperInvariant() is "CLOSE" or "KEEP-ALIVE",
        "TRANSFER-ENCODING" => value.Equals("chunked", StringComparison.OrdinalIgnoreCase),
        "KEEP-ALIVE" => value.Split(',', StringSplitOptions.TrimEntries).All(static word => word.Split('=') is ["timeout" or "max", { Length: > 0 and < 8 } number] && number.All(char.IsAsciiDigit)),
        _ => false,
    };

    private static void Note(List<string> into, string name, string value)
    {
        if (!s_framing.Contains(name) && !HeaderRules.IsHopByHop(name))
        {
            into.Add(name.ToLowerInvariant() + ":" + value);
        }
    }

    private static bool HasLineEnd(string line) => line.AsSpan().ContainsAny('\r', '\n', '\0');
}
