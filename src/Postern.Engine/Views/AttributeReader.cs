using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>Cuts the attributes of a tag into names and values (HTML Living Standard, 13.2.5.32 onwards). References in values stand as they are.</summary>
/// <param name="attributes">What follows the tag's name.</param>
internal ref struct AttributeReader(ReadOnlySpan<byte> attributes)
{
    private static readonly SearchValues<byte> s_nameEnds = SearchValues.Create(" \t\r\n\f/="u8);
    private static readonly SearchValues<byte> s_spaces = SearchValues.Create(" \t\r\n\f"u8);

    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>The name, as written.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value without its quotes; empty when there is none.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The value of the attribute called <paramref name="lower"/>, references and all.</summary>
    /// <returns>False when it does not stand there.</returns>
    public static bool TryFind(ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> lower, out ReadOnlySpan<byte> value)
    {
        var reader = new AttributeReader(attributes);
        while (reader.Read())
        {
            if (Ascii.EqualsIgnoreCase(reader.Name, lower))
            {
                value = reader.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Goes on to the next attribute; false at the end.</summary>
    public bool Read()
    {
        _rest = _rest.TrimStart(" \t\r\n\f/"u8);
        if (_rest.IsEmpty)
        {
            return false;
        }

        // An equals sign where a name should begin is part of the name (as browsers read it): always at least one character on.
        var end = _rest[1..].IndexOfAny(s_nameEnds);
        Name = end < 0 ? _rest : _rest[..(end + 1)];
        Value = default;
        _rest = _rest[Name.Length..];
        var after = _rest.TrimStart(" \t\r\n\f"u8);
        if (after is [(byte)'=', ..])
        {
            ReadValue(after[1..].TrimStart(" \t\r\n\f"u8));
        }

        return true;
    }

    private void ReadValue(ReadOnlySpan<byte> rest)
    {
        var isQuoted = rest is [(byte)'"' or (byte)'\'', ..];
        var from = isQuoted ? 1 : 0;
        var length = isQuoted ? rest[1..].IndexOf(rest[0]) : rest.IndexOfAny(s_spaces);
        Value = length < 0 ? rest[from..] : rest.Slice(from, length);
        _rest = length < 0 ? default : rest[(from + length + from)..];
    }
}
