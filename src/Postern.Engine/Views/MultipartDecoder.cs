using System.Buffers.Text;

namespace Postern.Engine.Views;

/// <summary>
/// A multipart body (RFC 2046): everything between the delimiters, so preamble, part headers with names and file names,
/// bodies whatever their declared type, those with a transfer encoding once more with it undone, and epilogue. Only the
/// delimiters go.
/// </summary>
internal static class MultipartDecoder
{
    private const int MaxBoundary = 70;

    // "filename", the asterisks of RFC 2231 and some space.
    private const int MaxParameterName = 20;

    /// <summary>Reads the parts; returns the offset at which the body cannot be split, or -1.</summary>
    public static int Decode(scoped in ViewSource source, ViewLimits limits, Level parent, Level output)
    {
        var input = source.Bytes;
        if (source.Boundary.Length is 0 or > MaxBoundary)
        {
            return 0;
        }

        var fault = -1;
        var parts = 0;
        var closed = false;
        var at = 0;
        var isPart = false;
        while (at < input.Length || isPart)
        {
            var delimiter = FindDelimiter(input, source.Boundary, at);
            var end = delimiter.Length == 0 ? input.Length : delimiter.Start;
            var range = new ByteRange(at, Math.Max(at, end));
            if (isPart && ++parts > limits.MaxMultipartParts)
            {
                fault = fault < 0 ? at : fault;
            }

            if (isPart || !source.Whole)
            {
                var wrong = ReadPart(input, range, limits, parent, output);
                fault = fault < 0 ? wrong : fault;
            }
            else
            {
                output.Copy(input[range.Start..range.End], range.Start);
            }

            output.Separate();
            if (delimiter.Length == 0)
            {
                break;
            }

            at = LineEnd(input, delimiter.End);
            var isLast = input[delimiter.End..].StartsWith("--"u8);
            closed |= isLast;
            isPart = !isLast && !closed;
        }

        return fault < 0 && (!closed || parts == 0) ? input.Length : fault;
    }

    /// <summary>The part headers and where the body begins: the blank line, or the end when there is none.</summary>
    internal static ByteRange Headers(ReadOnlySpan<byte> input, ByteRange part)
    {
        var text = input[part.Start..part.End];
        if (text.StartsWith("\r\n"u8) || text.StartsWith("\n"u8))
        {
            return new ByteRange(part.Start, part.Start);
        }

        var blank = text.IndexOf("\r\n\r\n"u8);
        var bare = text.IndexOf("\n\n"u8);
        var end = blank >= 0 && (bare < 0 || blank < bare) ? blank : bare;
        return new ByteRange(part.Start, end < 0 ? part.End : part.Start + end);
    }

    /// <summary>The delimiter line's "--boundary", with the line break before it; empty when there is none.</summary>
    internal static ByteRange FindDelimiter(ReadOnlySpan<byte> input, ReadOnlySpan<byte> boundary, int from)
    {
        while (from <= input.Length - boundary.Length - 2 && input[from..].IndexOf(boundary) is >= 0 and var offset)
        {
            var at = from + offset - 2;
            if (at >= 0 && input[at..].StartsWith("--"u8) && (at == 0 || input[at - 1] == '\n'))
            {
                var start = at == 0 ? 0 : at - 1;
                start -= start > 0 && input[start - 1] == '\r' ? 1 : 0;
                return new ByteRange(start, at + 2 + boundary.Length);
            }

            from += offset + 1;
        }

        return default;
    }

    internal static int LineEnd(ReadOnlySpan<byte> input, int at)
    {
        var length = input[at..].IndexOf((byte)'\n');
        return length < 0 ? input.Length : at + length + 1;
    }

    private static int ReadPart(ReadOnlySpan<byte> input, ByteRange part, ViewLimits limits, Level parent, Level output)
    {
        var headers = Headers(input, part);
        var text = input[headers.Start..headers.End];
        output.Copy(text, headers.Start);
        output.Separate();
        var body = new ByteRange(headers.End, part.End);

        // RFC 7578 §4.7 deprecates the transfer encoding in forms and servers ignore it: the body as it stands is what many receive.
        output.Copy(input[body.Start..body.End], body.Start);
        if (input[body.Start..body.End].Trim("\r\n"u8) is { Length: > 0 } value && Pieces.IsPiece(value))
        {
            var start = output.Length - body.Length + input[body.Start..body.End].IndexOfAnyExcept((byte)'\r', (byte)'\n');
            output.Pieces.Add(start, start + value.Length);
        }

        output.Separate();
        var lead = body.End - input[body.Start..body.End].TrimStart("\r\n"u8).Length;
        Inflation.PutBeginning(input[lead..body.End], body, output);
        var encoding = Header(text, "content-transfer-encoding"u8);
        if (Contains(encoding, "base64"u8))
        {
            ReadBase64(input, body, parent, output);
        }
        else if (Contains(encoding, "quoted-printable"u8))
        {
            QuotedPrintable.Decode(input, body, output);
        }

        return text.Length > limits.MaxPartHeaderBytes || FileNameLength(text) > limits.MaxFileNameBytes
            || (headers.End == part.End && part.Length > 0) ? part.Start : -1;
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        for (var at = 0; at < headers.Length; at = LineEnd(headers, at))
        {
            if (Ascii.StartsWith(headers, at, name) && headers[at..].IndexOf((byte)':') is >= 0 and var colon)
            {
                return headers[(at + colon + 1)..LineEnd(headers, at)];
            }
        }

        return [];
    }

    private static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        for (var at = 0; at <= text.Length - word.Length; at++)
        {
            if (Ascii.StartsWith(text, at, word))
            {
                return true;
            }
        }

        return false;
    }

    private static int FileNameLength(ReadOnlySpan<byte> headers)
    {
        var longest = 0;
        for (var at = 0; at < headers.Length; at++)
        {
            if (!Ascii.StartsWith(headers, at, "filename"u8)
                || headers[at..Math.Min(headers.Length, at + MaxParameterName)].IndexOf((byte)'=') is not (>= 0 and var equals))
            {
                continue;
            }

            var value = headers[(at + equals + 1)..];
            var quoted = value.StartsWith("\""u8);
            var end = quoted ? value[1..].IndexOf((byte)'"') : value.IndexOfAny((byte)';', (byte)'\r', (byte)'\n');
            end = end < 0 ? value.Length : end;
            longest = Math.Max(longest, end);
            at += equals + end;
        }

        return longest;
    }

    private static void ReadBase64(ReadOnlySpan<byte> input, ByteRange body, Level parent, Level output)
    {
        var work = parent.WorkOf((body.Length * 2) + 8);
        var positions = output.Recording ? new int[body.Length + 4] : [];
        var count = 0;
        for (var at = body.Start; at < body.End; at++)
        {
            if (Base64Decoder.IsMember(input[at]))
            {
                work[count] = input[at] switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', var b => b };
                if (output.Recording)
                {
                    positions[count] = at;
                }

                count++;
            }
        }

        var decoded = work[count..];
        var length = Base64Decoder.DecodeFrom(work[..count], decoded);
        output.Separate();
        if (!output.Recording)
        {
            output.Put(decoded[..length], body.Start, body.Length);
            return;
        }

        for (var i = 0; i < length; i += 3)
        {
            var first = i / 3 * 4;
            var last = Math.Min(first + 4, count) - 1;
            output.Put(decoded[i..Math.Min(i + 3, length)], positions[first], positions[last] + 1 - positions[first]);
        }
    }
}
