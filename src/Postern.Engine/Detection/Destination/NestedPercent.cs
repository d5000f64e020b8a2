using System.Buffers;

namespace Postern.Engine.Detection.Destination;

/// <summary>
/// Line breaks and dot-dot segments that stand behind several decodings of which some only build the next one, such as
/// <c>%25%30%61</c> or <c>%%30a</c>. The scans of the raw text see all plain nestings; this one runs only where a percent sign is
/// left over after decoding.
/// </summary>
internal static class NestedPercent
{
    private const int StackBytes = 2048; // the default longest URL

    public static void Inspect(ReadOnlySpan<byte> url, in HttpUrl parsed, HitList hits)
    {
        var part = url[parsed.PathAndQuery];
        if (!LeavesPercent(part))
        {
            return;
        }

        // A question mark is no hexadecimal digit, so nothing is built across it and the two can be decoded apart.
        var path = url[parsed.Path];
        var rented = part.Length <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(part.Length);
        var scratch = rented ?? stackalloc byte[StackBytes];
        var decoded = Decode(path, scratch);
        var hasLineBreak = LineBreaks.TryFind(decoded, out _, out _);
        if (DotDotSegments.TryFind(decoded, out _, out _) && !DotDotSegments.TryFind(path, out _, out _))
        {
            hits.Add(UrlRules.PathTraversal, parsed.Path.Start.Value, path.Length);
        }

        hasLineBreak |= LineBreaks.TryFind(Decode(url[parsed.Query], scratch), out _, out _);
        if (hasLineBreak && !LineBreaks.TryFind(part, out _, out _))
        {
            hits.Add(UrlRules.LineBreak, parsed.Path.Start.Value, part.Length);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>
    /// Decodes until nothing is left to decode, in one pass: whenever the written text ends in a complete encoding, that is replaced
    /// at once. Linear, as each replacement makes the text shorter.
    /// </summary>
    internal static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> text, Span<byte> decoded)
    {
        var length = 0;
        foreach (var value in text)
        {
            decoded[length++] = value;
            while (length >= 3 && PercentText.TryReadByte(decoded[(length - 3)..length], out var inner))
            {
                length -= 2;
                decoded[length - 1] = inner;
            }
        }

        return decoded[..length];
    }

    private static bool LeavesPercent(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'%'); at >= 0;)
        {
            if (!PercentText.TryReadByte(text[at..], out var value) || value == (byte)'%')
            {
                return true;
            }

            var next = text[(at + 3)..].IndexOf((byte)'%');
            at = next < 0 ? -1 : at + 3 + next;
        }

        return false;
    }
}
