using System.Buffers;
using System.Text.Json;

namespace Postern.Engine.Evidence;

/// <summary>
/// Asks whether a text is in canonical form without building anything: every token must stand exactly where a writer without white
/// space puts it, be spelled as that writer spells it, and names must rise strictly (which leaves no room for duplicates).
/// </summary>
internal ref struct CanonicalCheck
{
    // Shorter digit strings are integers that a double holds exactly, and so their own canonical form.
    private const int SafeDigits = 15;

    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private long _expected;

    public CanonicalCheck(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        _expected = 0;
    }

    public bool Passes() => _reader.Read() && ValueStandsRight() && _expected == _json.Length && !_reader.Read();

    private bool ValueStandsRight()
    {
        if (_reader.TokenStartIndex != _expected)
        {
            return false;
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ObjectStandsRight();
            case JsonTokenType.StartArray:
                return ArrayStandsRight();
            case JsonTokenType.String:
                return TextStandsRight();
            case JsonTokenType.Number:
                _expected = _reader.BytesConsumed;
                return IsCanonicalNumber(_reader.ValueSpan);
            default:
                _expected = _reader.BytesConsumed;
                return true;
        }
    }

    private bool ObjectStandsRight()
    {
        _expected++;
        var first = true;
        ReadOnlySpan<byte> previous = default;
        var previousEscaped = false;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            _expected += first ? 0 : 1;
            var name = _reader.ValueSpan;
            var escaped = _reader.ValueIsEscaped;
            if (_reader.TokenStartIndex != _expected || !TextStandsRight()
                || (!first && !Rises(previous, previousEscaped, name, escaped)))
            {
                return false;
            }

            // The reader has taken the colon with the name.
            _expected++;
            if (_reader.BytesConsumed != _expected || !_reader.Read() || !ValueStandsRight())
            {
                return false;
            }

            previous = name;
            previousEscaped = escaped;
            first = false;
        }

        return Closes();
    }

    private bool ArrayStandsRight()
    {
        _expected++;
        var first = true;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _expected += first ? 0 : 1;
            first = false;
            if (!ValueStandsRight())
            {
                return false;
            }
        }

        return Closes();
    }

    private bool Closes()
    {
        var right = _reader.TokenStartIndex == _expected;
        _expected++;
        return right;
    }

    private bool TextStandsRight()
    {
        var raw = _reader.ValueSpan;
        _expected += raw.Length + 2;
        if (!_reader.ValueIsEscaped)
        {
            return true;
        }

        var text = _reader.GetString() ?? "";
        var scratch = ArrayPool<byte>.Shared.Rent((text.Length * CanonicalWriter.MaxBytesPerChar) + 2);
        var writer = new CanonicalWriter(scratch);
        writer.Text(text);
        var right = scratch.AsSpan(1, writer.Length - 2).SequenceEqual(raw);
        ArrayPool<byte>.Shared.Return(scratch);
        return right;
    }

    private static bool Rises(ReadOnlySpan<byte> previous, bool previousEscaped, ReadOnlySpan<byte> name, bool escaped)
    {
        if (!previousEscaped && !escaped && System.Text.Ascii.IsValid(previous) && System.Text.Ascii.IsValid(name))
        {
            return previous.SequenceCompareTo(name) < 0;
        }

        return string.CompareOrdinal(Decode(previous), Decode(name)) < 0;
    }

    private static string Decode(ReadOnlySpan<byte> rawName)
    {
        byte[] quoted = [(byte)'"', .. rawName, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        _ = reader.Read();
        return reader.GetString() ?? "";
    }

    private static bool IsCanonicalNumber(ReadOnlySpan<byte> raw)
    {
        var digits = raw[0] == '-' ? raw[1..] : raw;
        if (digits.Length <= SafeDigits && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            return raw.Length == digits.Length || digits[0] != '0';
        }

        Span<byte> canonical = stackalloc byte[CanonicalNumber.MaxBytes];
        return double.TryParse(raw, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && canonical[..CanonicalNumber.Write(number, canonical)].SequenceEqual(raw);
    }
}
