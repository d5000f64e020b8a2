using System.Collections.Concurrent;
using System.Text;

namespace Postern.Transports.Http;

/// <summary>Gives the same string for the same header name again, so that a busy proxy does not make it anew each time. Bounded.</summary>
internal sealed class HeaderNames
{
    private const int MaxNames = 1024;
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public HeaderNames() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name as a string; its case is kept.</summary>
    public string Of(ReadOnlySpan<byte> latin1)
    {
        Span<char> chars = stackalloc char[64];
        if (latin1.Length > chars.Length)
        {
            return Encoding.Latin1.GetString(latin1);
        }

        chars = chars[..Encoding.Latin1.GetChars(latin1, chars)];
        if (_lookup.TryGetValue(chars, out var known))
        {
            return known;
        }

        var name = new string(chars);
        if (_names.Count < MaxNames)
        {
            _names[name] = name;
        }

        return name;
    }
}
