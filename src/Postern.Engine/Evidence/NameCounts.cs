using System.Runtime.InteropServices;
using System.Text;

namespace Postern.Engine.Evidence;

/// <summary>How often each name came. Bounded: names beyond the limit are counted together.</summary>
internal sealed class NameCounts
{
    /// <summary>Names counted apart.</summary>
    public const int MaxNames = 256;

    /// <summary>What stands for the names beyond; no name of a rule, server, tool, model or host has parentheses around it.</summary>
    public const string More = "(more)";

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Every name and its count. Half a surrogate pair, left by a cut, becomes U+FFFD as in records.</summary>
    public IEnumerable<KeyValuePair<string, long>> All => _counts
        .GroupBy(static pair => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(pair.Key)), static pair => pair.Value)
        .Select(static group => KeyValuePair.Create(group.Key, group.Sum()));

    /// <summary>Counts a name; an empty one is none. Allocates only when it is new.</summary>
    public void Add(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return;
        }

        var lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (_counts.Count >= MaxNames && !lookup.ContainsKey(name))
        {
            name = More;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(lookup, name, out _)++;
    }

    /// <summary>Counts a name in ASCII.</summary>
    public void Add(ReadOnlySpan<byte> ascii)
    {
        Span<char> name = stackalloc char[RecordEncoder.MaxDestination];
        ascii = ascii[..Math.Min(ascii.Length, name.Length)];
        Add(name[..Encoding.Latin1.GetChars(ascii, name)]);
    }
}
