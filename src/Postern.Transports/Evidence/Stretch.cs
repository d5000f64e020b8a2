using Postern.Engine.Evidence.Verification;

namespace Postern.Transports.Evidence;

/// <summary>How much of a file is complete lines.</summary>
/// <param name="End">The byte after the last line feed; 0 when there is none.</param>
/// <param name="Length">Bytes in the file.</param>
internal readonly record struct Stretch(long End, long Length)
{
    private const int StepBytes = 64 * 1024;

    public static Stretch Complete(EvidenceFile file)
    {
        using var stream = file.Open();
        return Complete(stream);
    }

    /// <summary>Looks for the last line feed from the end; a record is bounded, so a longer stretch without one is searched all the same but is no record.</summary>
    public static Stretch Complete(Stream stream)
    {
        var length = stream.Length;
        for (var end = length; end > 0; end = Math.Max(0, end - StepBytes))
        {
            var from = Math.Max(0, end - StepBytes);
            var feed = Read(stream, from, end).AsSpan().LastIndexOf((byte)'\n');
            if (feed >= 0)
            {
                return new Stretch(from + feed + 1, length);
            }
        }

        return new Stretch(0, length);
    }

    public static byte[] Read(Stream stream, long from, long end)
    {
        var bytes = new byte[end - from];
        stream.Position = from;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
