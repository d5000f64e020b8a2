using System.Buffers;
using System.Text;

namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>
/// Domain to ASCII as WHATWG URL §3.3 asks UTS #46 for it: non-transitional, joiners and bidi checked, hyphens not. Stricter in one
/// place: an <c>xn--</c> label must be exactly what encoding its decoded form gives.
/// </summary>
internal static class DomainToAscii
{
    // A name whose mapped form is longer cannot become 253 ASCII bytes.
    private const int MaxCodePoints = 1024;

    /// <summary>Writes the ASCII name, labels joined by dots; false when the name is invalid or does not fit.</summary>
    public static bool TryConvert(ReadOnlySpan<byte> utf8, Span<byte> ascii, out int written)
    {
        written = 0;
        var mapped = new CodePoints(stackalloc uint[MaxCodePoints]);
        if (!TryMap(utf8, ref mapped) || mapped.Overflowed)
        {
            return false;
        }

        var composed = new CodePoints(stackalloc uint[MaxCodePoints]);
        Composition.Compose(mapped.Span, ref composed);
        if (composed.Overflowed)
        {
            return false;
        }

        mapped.Truncate(0); // reused for the labels in Unicode
        ReadOnlySpan<uint> rest = composed.Span;
        while (true)
        {
            var dot = rest.IndexOf('.');
            if (!TryConvertLabel(dot < 0 ? rest : rest[..dot], ref mapped, ascii[written..], out var length))
            {
                return false;
            }

            written += length;
            if (dot < 0)
            {
                return FollowsBidiRule(mapped.Span);
            }

            if (written == ascii.Length)
            {
                return false;
            }

            ascii[written++] = (byte)'.';
            mapped.Add('.');
            rest = rest[(dot + 1)..];
        }
    }

    private static bool TryMap(ReadOnlySpan<byte> utf8, ref CodePoints mapped)
    {
        var table = IdnaTable.Shared;
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            utf8 = utf8[consumed..];
            var codePoint = (uint)rune.Value;
            switch (table.Traits(codePoint).Status)
            {
                case IdnaStatus.Valid:
                    mapped.Add(codePoint);
                    break;
                case IdnaStatus.Mapped:
                    foreach (var replacement in table.Mapping(codePoint))
                    {
                        mapped.Add(replacement);
                    }

                    break;
                case IdnaStatus.Ignored:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool TryConvertLabel(ReadOnlySpan<uint> label, scoped ref CodePoints unicode, Span<byte> ascii, out int length)
    {
        var start = unicode.Span.Length;
        if (label.StartsWith([(uint)'x', 'n', '-', '-']))
        {
            return TryReadPunycode(label[4..], ref unicode)
                && IsComposed(unicode.Span[start..])
                && TryWriteLabel(unicode.Span[start..], ascii, out length)
                && IsSame(label, ascii[..length])
                || Fail(out length);
        }

        foreach (var codePoint in label)
        {
            unicode.Add(codePoint);
        }

        return !unicode.Overflowed && LabelRules.IsValid(label) && TryWriteLabel(label, ascii, out length) || Fail(out length);
    }

    private static bool TryReadPunycode(ReadOnlySpan<uint> encoded, scoped ref CodePoints unicode)
    {
        var start = unicode.Span.Length;
        return !encoded.ContainsAnyExceptInRange(0u, 0x7Fu)
            && Punycode.TryDecode(encoded, ref unicode)
            && !unicode.Overflowed
            && unicode.Span[start..].ContainsAnyExceptInRange(0u, 0x7Fu)
            && LabelRules.IsValid(unicode.Span[start..]);
    }

    private static bool TryWriteLabel(ReadOnlySpan<uint> label, Span<byte> ascii, out int length)
    {
        length = 0;
        if (label.ContainsAnyExceptInRange(0u, 0x7Fu))
        {
            if (!"xn--"u8.TryCopyTo(ascii) || !Punycode.TryEncode(label, ascii[4..], out length))
            {
                return false;
            }

            length += 4;
            return true;
        }

        if (label.Length > ascii.Length)
        {
            return false;
        }

        foreach (var codePoint in label)
        {
            ascii[length++] = (byte)codePoint;
        }

        return true;
    }

    private static bool IsComposed(ReadOnlySpan<uint> label)
    {
        var composed = new CodePoints(stackalloc uint[MaxCodePoints]);
        Composition.Compose(label, ref composed);
        return !composed.Overflowed && composed.Span.SequenceEqual(label);
    }

    private static bool IsSame(ReadOnlySpan<uint> label, ReadOnlySpan<byte> ascii)
    {
        if (label.Length != ascii.Length)
        {
            return false;
        }

        for (var i = 0; i < label.Length; i++)
        {
            if (label[i] != ascii[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool FollowsBidiRule(ReadOnlySpan<uint> name)
    {
        if (!LabelRules.IsRightToLeft(name))
        {
            return true;
        }

        while (true)
        {
            var dot = name.IndexOf('.');
            if (!LabelRules.FollowsBidiRule(dot < 0 ? name : name[..dot]))
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            name = name[(dot + 1)..];
        }
    }

    private static bool Fail(out int length)
    {
        length = 0;
        return false;
    }
}
