namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>Bootstring with the parameters of RFC 3492 §5; every overflow is a failure.</summary>
internal static class Punycode
{
    private const uint Base = 36;
    private const uint TMin = 1;
    private const uint TMax = 26;
    private const uint Skew = 38;
    private const uint Damp = 700;
    private const uint InitialBias = 72;
    private const uint InitialCodePoint = 0x80;

    /// <summary>Appends the decoded label; <paramref name="label"/> is ASCII without its <c>xn--</c>.</summary>
    public static bool TryDecode(ReadOnlySpan<uint> label, scoped ref CodePoints target)
    {
        var start = target.Span.Length;
        var basic = Math.Max(label.LastIndexOf('-'), 0);
        foreach (var codePoint in label[..basic])
        {
            target.Add(codePoint);
        }

        var (n, i, bias) = (InitialCodePoint, 0UL, InitialBias);
        for (var at = basic > 0 ? basic + 1 : 0; at < label.Length;)
        {
            if (!TryReadDelta(label, ref at, bias, out var delta))
            {
                return false;
            }

            var count = (ulong)(target.Span.Length - start) + 1;
            bias = Adapt((uint)delta, (uint)count, isFirst: i == 0 && n == InitialCodePoint);
            i += delta;
            var next = n + (i / count);
            i %= count;
            if (next > 0x10FFFF)
            {
                return false;
            }

            n = (uint)next;
            if (!TryInsert(ref target, start + (int)i, n))
            {
                return false;
            }

            i++;
        }

        return true;
    }

    /// <summary>Writes the encoded label without <c>xn--</c>; false when it does not fit.</summary>
    public static bool TryEncode(ReadOnlySpan<uint> label, Span<byte> text, out int length)
    {
        length = 0;
        foreach (var codePoint in label)
        {
            if (codePoint < InitialCodePoint && !TryAppend(text, ref length, (byte)codePoint))
            {
                return false;
            }
        }

        var basic = (uint)length;
        if (basic > 0 && !TryAppend(text, ref length, (byte)'-'))
        {
            return false;
        }

        var (n, delta, bias, handled) = (InitialCodePoint, 0UL, InitialBias, basic);
        while (handled < label.Length)
        {
            var next = Smallest(label, n);
            delta += (ulong)(next - n) * (handled + 1);
            n = next;
            foreach (var codePoint in label)
            {
                if (codePoint < n)
                {
                    delta++;
                }
                else if (codePoint == n)
                {
                    if (!TryWriteDelta(text, ref length, delta, bias))
                    {
                        return false;
                    }

                    bias = Adapt((uint)delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            n++;
        }

        return true;
    }

    private static bool TryReadDelta(ReadOnlySpan<uint> label, ref int at, uint bias, out ulong delta)
    {
        delta = 0;
        var weight = 1UL;
        for (var k = Base; ; k += Base)
        {
            if (at == label.Length || !TryDigit(label[at++], out var digit))
            {
                return false;
            }

            delta += digit * weight;
            var threshold = Threshold(k, bias);
            if (delta > uint.MaxValue)
            {
                return false;
            }

            if (digit < threshold)
            {
                return true;
            }

            weight *= Base - threshold;
            if (weight > uint.MaxValue)
            {
                return false;
            }
        }
    }

    private static bool TryWriteDelta(Span<byte> text, ref int length, ulong delta, uint bias)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Threshold(k, bias);
            if (delta < threshold)
            {
                return TryAppend(text, ref length, Digit((uint)delta));
            }

            if (!TryAppend(text, ref length, Digit((uint)(threshold + ((delta - threshold) % (Base - threshold))))))
            {
                return false;
            }

            delta = (delta - threshold) / (Base - threshold);
        }
    }

    private static bool TryInsert(ref CodePoints target, int at, uint codePoint)
    {
        target.Add(codePoint);
        if (target.Overflowed)
        {
            return false;
        }

        var text = target.Span;
        text[at..^1].CopyTo(text[(at + 1)..]);
        text[at] = codePoint;
        return true;
    }

    private static uint Smallest(ReadOnlySpan<uint> label, uint atLeast)
    {
        var smallest = uint.MaxValue;
        foreach (var codePoint in label)
        {
            smallest = codePoint >= atLeast ? Math.Min(smallest, codePoint) : smallest;
        }

        return smallest;
    }

    private static uint Threshold(uint k, uint bias) => k <= bias + TMin ? TMin : k >= bias + TMax ? TMax : k - bias;

    private static uint Adapt(uint delta, uint count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0u;
        while (delta > (Base - TMin) * TMax / 2)
        {
            delta /= Base - TMin;
            k += Base;
        }

        return k + ((Base - TMin + 1) * delta / (delta + Skew));
    }

    private static bool TryDigit(uint codePoint, out uint digit)
    {
        digit = codePoint switch
        {
            >= 'a' and <= 'z' => codePoint - 'a',
            >= '0' and <= '9' => codePoint - '0' + 26,
            _ => Base,
        };
        return digit < Base;
    }

    private static byte Digit(uint value) => (byte)(value < 26 ? 'a' + value : '0' + value - 26);

    private static bool TryAppend(Span<byte> text, ref int length, byte value)
    {
        if (length == text.Length)
        {
            return false;
        }

        text[length++] = value;
        return true;
    }
}
