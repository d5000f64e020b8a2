using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Postern.Engine.Evidence;

/// <summary>
/// Writes canonical JSON scalars into a span that the caller made large enough; see <see cref="MaxBytesPerChar"/>.
/// Names, brackets and commas are the caller's, as literals already in canonical order.
/// </summary>
internal ref struct CanonicalWriter(Span<byte> target)
{
    /// <summary>One UTF-16 unit becomes at most <c>\u001f</c>.</summary>
    public const int MaxBytesPerChar = 6;

    /// <summary>Integers beyond this are not the same number to every reader of JSON (RFC 8785 section 3.2.2.3).</summary>
    public const long MaxInteger = (1L << 53) - 1;

    private static readonly SearchValues<byte> s_escaped = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, (byte)'"', (byte)'\\']);

    private readonly Span<byte> _target = target;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Copies bytes that are canonical already.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        json.CopyTo(_target[Length..]);
        Length += json.Length;
    }

    /// <summary>Writes an integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is beyond ±(2^53-1).</exception>
    public void Integer(long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxInteger);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -MaxInteger);
        _ = Utf8Formatter.TryFormat(value, _target[Length..], out var written);
        Length += written;
    }

    /// <summary>Writes a quoted string; a surrogate without its partner becomes U+FFFD.</summary>
    public void Text(scoped ReadOnlySpan<char> text)
    {
        Quote();
        var room = _target[Length..];
        if (Ascii.FromUtf16(text, room, out var ascii) == OperationStatus.Done && room[..ascii].IndexOfAny(s_escaped) < 0)
        {
            Length += ascii;
        }
        else
        {
            foreach (var rune in text.EnumerateRunes())
            {
                Write(rune);
            }
        }

        Quote();
    }

    /// <summary>Writes a quoted string given as UTF-8; what is not UTF-8 becomes U+FFFD.</summary>
    public void Utf8Text(scoped ReadOnlySpan<byte> text)
    {
        Quote();
        if (text.IndexOfAny(s_escaped) < 0 && Utf8.IsValid(text))
        {
            Raw(text);
        }
        else
        {
            while (!text.IsEmpty)
            {
                _ = Rune.DecodeFromUtf8(text, out var rune, out var consumed);
                Write(rune);
                text = text[consumed..];
            }
        }

        Quote();
    }

    /// <summary>Writes a quoted string of lower-case hex.</summary>
    public void Hex(scoped ReadOnlySpan<byte> bytes)
    {
        Quote();
        _ = Convert.TryToHexStringLower(bytes, _target[Length..], out var written);
        Length += written;
        Quote();
    }

    private void Quote() => _target[Length++] = (byte)'"';

    private void Write(Rune rune)
    {
        if (rune.Value >= ' ' && rune.Value != '"' && rune.Value != '\\')
        {
            Length += rune.EncodeToUtf8(_target[Length..]);
            return;
        }

        _target[Length++] = (byte)'\\';
        var shortForm = rune.Value switch
        {
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            '"' => '"',
            '\\' => '\\',
            _ => 'u',
        };
        _target[Length++] = (byte)shortForm;
        if (shortForm == 'u')
        {
            Raw("00"u8);
            _ = Utf8Formatter.TryFormat((byte)rune.Value, _target[Length..], out var written, new StandardFormat('x', 2));
            Length += written;
        }
    }
}
