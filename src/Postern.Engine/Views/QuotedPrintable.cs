namespace Postern.Engine.Views;

/// <summary>Quoted-printable (RFC 2045 §6.7), as the transfer encoding of a multipart part.</summary>
internal static class QuotedPrintable
{
    /// <summary>Writes the decoded range of the input; what is no escape stays.</summary>
    public static void Decode(ReadOnlySpan<byte> input, ByteRange body, Level output)
    {
        var at = body.Start;
        while (at < body.End)
        {
            var length = input[at..body.End].IndexOf((byte)'=');
            var stop = length < 0 ? body.End : at + length;
            output.Copy(input[at..stop], at);
            at = stop;
            if (at == body.End)
            {
                return;
            }

            var breakEnd = SoftBreakEnd(input[..body.End], at + 1);
            if (breakEnd > at)
            {
                at = breakEnd;
            }
            else if (Ascii.HexPair(input[..body.End], at + 1) is >= 0 and var value)
            {
                output.Put((byte)value, at, 3);
                at += 3;
            }
            else
            {
                output.Copy(input.Slice(at, 1), at);
                at++;
            }
        }
    }

    /// <summary>Where the line ends that nothing but white space follows; -1 when there is more.</summary>
    internal static int SoftBreakEnd(ReadOnlySpan<byte> input, int at)
    {
        while (at < input.Length && input[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        if (at < input.Length && input[at] == '\r')
        {
            at++;
        }

        return at < input.Length && input[at] == '\n' ? at + 1 : -1;
    }
}
