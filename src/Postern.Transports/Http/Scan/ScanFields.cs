using System.Text.Json;

namespace Postern.Transports.Http.Scan;

/// <summary>The keys in the order of <see cref="ScanField"/>, and which of them stand in which object.</summary>
internal static class ScanFields
{
    private static readonly string[] s_names =
    [
        "kind", "input", "context", "options", "url", "text", "content", "tool_name", "arguments", "request_id", "session_id", "agent_name", "include_evidence",
    ];

    private static readonly byte[][] s_keys = [.. s_names.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>How many there are.</summary>
    public static int Count => s_names.Length;

    /// <summary>Keys of the document.</summary>
    public static Range Root => 0..4;

    /// <summary>Keys of <c>input</c>.</summary>
    public static Range Input => 4..9;

    /// <summary>Keys of <c>context</c>.</summary>
    public static Range Context => 9..12;

    /// <summary>Keys of <c>options</c>.</summary>
    public static Range Options => 12..13;

    /// <summary>The key as callers write it.</summary>
    public static string NameOf(ScanField field) => s_names[(int)field];

    /// <summary>Finds the key the reader stands on among those of one object.</summary>
    public static bool TryRead(in Utf8JsonReader json, Range group, out ScanField field)
    {
        var (start, count) = group.GetOffsetAndLength(s_keys.Length);
        for (var i = start; i < start + count; i++)
        {
            if (json.ValueTextEquals(s_keys[i]))
            {
                field = (ScanField)i;
                return true;
            }
        }

        field = default;
        return false;
    }
}
