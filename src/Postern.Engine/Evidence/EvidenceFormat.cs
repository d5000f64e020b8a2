using System.Globalization;

namespace Postern.Engine.Evidence;

/// <summary>Version 1 of the evidence format: the numbers and names that writer and verifier share.</summary>
public static class EvidenceFormat
{
    /// <summary>The value of <c>v</c> in every record.</summary>
    public const int Version = 1;

    /// <summary>The longest line a verifier reads, in bytes without its line feed. Writers stay below it by the limits of <see cref="RecordEncoder"/>.</summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>Length of a time such as <c>2026-11-20T06:28:37.123456700Z</c>.</summary>
    internal const int TimeBytes = 30;

    /// <summary>The actor of records that the recorder makes about itself.</summary>
    internal const string RecorderActor = "postern";

    /// <summary>The transport of records that the recorder makes about itself.</summary>
    internal const string RecorderTransport = "evidence";

    /// <summary>How the note of the record begins that a recorder writes when it goes on with a chain.</summary>
    internal const string ResumedNote = "resumed";

    /// <summary>Writes a time as RFC 3339 in UTC with nine decimals, of which .NET fills seven; 30 bytes.</summary>
    internal static void WriteTime(DateTimeOffset time, Span<byte> target)
    {
        var utc = time.UtcDateTime;
        "0000-00-00T00:00:00.000000000Z"u8.CopyTo(target);
        Digits(target[..4], utc.Year);
        Digits(target.Slice(5, 2), utc.Month);
        Digits(target.Slice(8, 2), utc.Day);
        Digits(target.Slice(11, 2), utc.Hour);
        Digits(target.Slice(14, 2), utc.Minute);
        Digits(target.Slice(17, 2), utc.Second);
        Digits(target.Slice(20, 7), (int)(utc.Ticks % TimeSpan.TicksPerSecond));
    }

    /// <summary>The same as text.</summary>
    internal static string TimeText(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[TimeBytes];
        WriteTime(time, bytes);
        return System.Text.Encoding.ASCII.GetString(bytes);
    }

    /// <summary>True for a time in exactly the form that <see cref="WriteTime"/> gives.</summary>
    internal static bool IsTime(ReadOnlySpan<byte> text) =>
        text.Length == TimeBytes
        && text.EndsWith("00Z"u8)
        && DateTime.TryParseExact(
            System.Text.Encoding.ASCII.GetString(text[..27]),
            "yyyy-MM-dd'T'HH:mm:ss.fffffff",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _);

    private static void Digits(Span<byte> target, int value)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
