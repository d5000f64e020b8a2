using System.Text;

namespace Postern.Program.Scanning.Diffs;

/// <summary>The name of a file as the head of a diff writes it.</summary>
internal static class DiffPath
{
    /// <summary>The name without <c>b/</c>, a time stamp, or quotes.</summary>
    public static string Of(ReadOnlySpan<byte> written)
    {
        var tab = written.IndexOf((byte)'\t');
        var bytes = (tab < 0 ? written : written[..tab]).TrimEnd("\r"u8);
        var name = Encoding.UTF8.GetString(bytes is [(byte)'"', .., (byte)'"'] ? Unquote(bytes[1..^1]) : bytes);
        name = name.StartsWith("b/", StringComparison.Ordinal) ? name[2..] : name;
        return string.Concat(name.Select(static c => char.IsControl(c) ? '?' : c));
    }

    /// <summary>Git quotes as C does: octal bytes, and a letter for the usual control characters.</summary>
    private static byte[] Unquote(ReadOnlySpan<byte> quoted)
    {
        var bytes = new List<byte>(quoted.Length);
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] != '\\' || i + 1 == quoted.Length)
            {
                bytes.Add(quoted[i]);
            }
            else if (i + 3 < quoted.Length && quoted[i + 1] is >= (byte)'0' and <= (byte)'3')
            {
                bytes.Add((byte)(((quoted[i + 1] & 7) << 6) | ((quoted[i + 2] & 7) << 3) | (quoted[i + 3] & 7)));
                i += 3;
            }
            else
            {
                bytes.Add(quoted[++i]);
            }
        }

        return [.. bytes];
    }
}
