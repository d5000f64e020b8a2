using System.Text.Json;

namespace Postern.Transports.Mcp;

/// <summary>
/// Names of members as lenient readers take them: whatever their capitals are, with the letters that only Unicode folds to ASCII, and up to
/// a NUL. What such a reader takes for a member that is judged here has to be spelt like it.
/// </summary>
internal static class RpcSpelling
{
    /// <summary>In bytes as written: more than the longest name that is known has when each of its letters is escaped.</summary>
    public const int LongestName = 128;

    /// <summary>Members below params and result by which messages are judged. What lies in arguments, schemas and structured content is the peers' own.</summary>
    private static readonly byte[][] s_read =
    [
        .. new[]
        {
            "name", "arguments", "uri", "ref", "_meta", "tools", "prompts", "resources", "resourceTemplates", "instructions", "content", "contents", "messages", "resource",
            "text", "blob", "data", "mimeType", "type", "title", "description", "inputSchema", "outputSchema", "annotations", "isError", "structuredContent", "protocolVersion", "taskId",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>True for the member that the reader stands on when it is one of those below params and result, spelt otherwise.</summary>
    public static bool IsTwin(in Utf8JsonReader reader)
    {
        Span<byte> room = stackalloc byte[LongestName];
        var name = NameAt(reader, room, out var isCut);
        foreach (var known in s_read)
        {
            if (IsTwin(name, known))
            {
                return true;
            }
        }

        return isCut;
    }

    /// <summary>The name that the reader stands on; empty when it is too long for any.</summary>
    /// <param name="reader">Stands on a property.</param>
    /// <param name="room">Where an escaped name goes.</param>
    /// <param name="isCut">True when it is too long, and some readers would end it earlier.</param>
    public static ReadOnlySpan<byte> NameAt(in Utf8JsonReader reader, Span<byte> room, out bool isCut)
    {
        var fits = reader.ValueSpan.Length <= room.Length;
        isCut = !fits && reader.ValueSpan.IndexOf("\\u0000"u8) >= 0;
        return fits ? room[..reader.CopyString(room)] : default;
    }

    /// <summary>True when some reader takes <paramref name="name"/> for <paramref name="known"/>, and others do not.</summary>
    public static bool IsTwin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => !name.SequenceEqual(known) && IsLike(name, known);

    /// <summary>True when some reader takes <paramref name="name"/> for <paramref name="known"/>.</summary>
    public static bool IsLike(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known)
    {
        foreach (var letter in known)
        {
            var (next, length) = Letter(name);
            if (length == 0 || next != (letter | 0x20))
            {
                return false;
            }

            name = name[length..];
        }

        return name.IsEmpty || name[0] == 0;
    }

    /// <summary>The first letter as a small one of ASCII: long s, the Kelvin sign, and the Turkish i with and without its dot are such letters too.</summary>
    private static (int Letter, int Length) Letter(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? (0, 0)
        : name[0] < 0x80 ? (name[0] | 0x20, 1)
        : name.StartsWith("\u017f"u8) ? ('s', 2)
        : name.StartsWith("\u212a"u8) ? ('k', 3)
        : name.StartsWith("\u0130"u8) || name.StartsWith("\u0131"u8) ? ('i', 2)
        : (0, 0);
}
