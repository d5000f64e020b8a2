namespace Postern.Engine.Views;

/// <summary>
/// Base32 (RFC 4648), in upper or in lower case, read from each of the first eight characters of a run. It is looked
/// for only inside runs of the base64 alphabet, which contains its own; decoded noise is left out.
/// </summary>
internal static class Base32Decoder
{
    private const int InUnit = 8;
    private const int OutUnit = 5;
    private const int BitsPerCharacter = 5;
    private const int MinText = 9;
    private static readonly sbyte[] s_upper = Ascii.ValuesIn("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"u8);
    private static readonly sbyte[] s_lower = Ascii.ValuesIn("abcdefghijklmnopqrstuvwxyz234567"u8);

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        foreach (var run in parent.Runs.Items)
        {
            if (!output.Overflowed && parent.IsNew(run.Start, run.End))
            {
                ReadRuns(input, run, s_upper, parent, output);
                ReadRuns(input, run, s_lower, parent, output);
            }
        }
    }

    // Any run of sixteen covers a place that is a multiple of sixteen away from the start, so only those are looked at.
    private static void ReadRuns(ReadOnlySpan<byte> input, ByteRange within, sbyte[] values, Level parent, Level output)
    {
        var from = within.Start;
        while (from + RunTracker.MinRun <= within.End)
        {
            var probe = from + RunTracker.MinRun - 1;
            var start = probe;
            while (start >= from && values[input[start]] >= 0)
            {
                start--;
            }

            start++;
            if (start > from)
            {
                // No run of sixteen begins before here.
                from = start;
                if (start > probe)
                {
                    continue;
                }
            }

            var end = probe + 1;
            while (end < within.End && values[input[end]] >= 0)
            {
                end++;
            }

            if (end - start >= RunTracker.MinRun)
            {
                ReadRun(input, new ByteRange(start, end), values, parent, output);
            }

            from = end;
        }
    }

    private static void ReadRun(ReadOnlySpan<byte> input, ByteRange run, sbyte[] values, Level parent, Level output)
    {
        var decoded = parent.WorkOf(run.Length);
        for (var skip = 0; skip < InUnit && run.Length - skip >= RunTracker.MinRun; skip++)
        {
            var bits = 0;
            var held = 0;
            var written = 0;
            foreach (var b in input[(run.Start + skip)..run.End])
            {
                bits = ((bits << BitsPerCharacter) | (byte)values[b]) & 0xFFFF;
                held += BitsPerCharacter;
                if (held >= 8)
                {
                    held -= 8;
                    decoded[written++] = (byte)(bits >> held);
                }
            }

            new RunMap([], run, skip, InUnit, OutUnit).PutText(decoded[..written], MinText, output);
        }
    }
}
