namespace Postern.Engine.Views;

/// <summary>Bytes written as numbers: decimal ones in a list, and binary ones of eight digits, in a list or without anything between them.</summary>
internal static class DecimalDecoder
{
    private const int MinBytes = 8;
    private const int MaxDelimiter = 4;
    private const int BinaryDigits = 8;
    private const int MaxBinary = 4096;

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        foreach (var run in parent.Numbers.Items)
        {
            if (!output.Overflowed && parent.IsNew(run.Start, run.End))
            {
                ReadRun(input, run, parent, output);
            }
        }
    }

    private static void ReadRun(ReadOnlySpan<byte> input, ByteRange run, Level parent, Level output)
    {
        var work = parent.WorkOf((run.Length / 2) + 1);
        var count = 0;
        var first = run.Start;
        var last = run.Start;
        for (var at = run.Start; at < run.End;)
        {
            if (!Ascii.IsDigit(input[at]))
            {
                at++;
                continue;
            }

            var digits = at;
            while (at < run.End && Ascii.IsDigit(input[at]))
            {
                at++;
            }

            var size = at - digits;
            if (IsBinary(input[digits..at]) && size > BinaryDigits)
            {
                PutBinary(input, new ByteRange(digits, at), parent, output);
                continue;
            }

            var value = Value(input[digits..at]);
            if (value < 0 || digits - last > MaxDelimiter)
            {
                Put(input, work[..count], new ByteRange(first, last), output);
                count = 0;
            }

            first = count == 0 ? digits : first;
            last = at;
            if (value >= 0)
            {
                work[count++] = (byte)value;
            }
        }

        Put(input, work[..count], new ByteRange(first, last), output);
    }

    private static int Value(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > 3)
        {
            return digits.Length == BinaryDigits && IsBinary(digits) ? Binary(digits) : -1;
        }

        var value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + digit - '0';
        }

        return value <= byte.MaxValue ? value : -1;
    }

    private static bool IsBinary(ReadOnlySpan<byte> digits) =>
        digits.Length % BinaryDigits == 0 && !digits.ContainsAnyExcept((byte)'0', (byte)'1');

    private static int Binary(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value << 1) | (digit - '0');
        }

        return value;
    }

    private static void PutBinary(ReadOnlySpan<byte> input, ByteRange run, Level parent, Level output)
    {
        if (run.Length is < MinBytes * BinaryDigits or > MaxBinary)
        {
            return;
        }

        var decoded = parent.WorkOf(run.Length)[(run.Length / 2)..];
        for (var i = 0; i < run.Length / BinaryDigits; i++)
        {
            decoded[i] = (byte)Binary(input.Slice(run.Start + (i * BinaryDigits), BinaryDigits));
        }

        new RunMap([], run, 0, BinaryDigits, 1).PutText(decoded[..(run.Length / BinaryDigits)], MinBytes, output);
    }

    // Columns of numbers are lists too; only what is text as a whole was meant to be read.
    private static void Put(ReadOnlySpan<byte> input, ReadOnlySpan<byte> bytes, ByteRange list, Level output)
    {
        if (!TextTest.IsText(bytes, MinBytes))
        {
            return;
        }

        output.Separate();
        var at = list.Start;
        foreach (var b in bytes)
        {
            while (!Ascii.IsDigit(input[at]))
            {
                at++;
            }

            var start = at;
            while (at < list.End && Ascii.IsDigit(input[at]))
            {
                at++;
            }

            output.Put(b, start, at - start);
        }

        output.Separate();
    }
}
