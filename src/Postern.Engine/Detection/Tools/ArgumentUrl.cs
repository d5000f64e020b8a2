using System.Text;

namespace Postern.Engine.Detection.Tools;

/// <summary>
/// An argument that is a URL as a whole: where the tool will go. Addresses in a text that is written or sent are words, and addresses
/// in a command line are the command rules' to judge.
/// </summary>
internal static class ArgumentUrl
{
    private static readonly string[] s_schemes = ["https:", "http:", "wss:", "ws:", "ftp:"];

    /// <summary>The URL that the argument holds, in bytes, as the destination layers read it; empty when it is none.</summary>
    public static byte[] Of(in ToolText argument)
    {
        var text = argument.Text.AsSpan().Trim();
        if (ToolWords.IsContent(argument.Name) || ToolWords.IsComment(argument.Name) || ToolWords.IsCommand(argument.Name))
        {
            return [];
        }

        foreach (var scheme in s_schemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && IsOneWord(text[scheme.Length..]))
            {
                // The layers know no ftp; host, path and query mean the same there.
                return Encoding.UTF8.GetBytes(scheme == "ftp:" ? string.Concat("http:", text[scheme.Length..]) : text.ToString());
            }
        }

        return [];
    }

    /// <summary>What fetches a URL strips or escapes white space in it only at its ends and, some of them, line breaks; a sentence has blanks.</summary>
    private static bool IsOneWord(ReadOnlySpan<char> rest) => rest.Length > 0 && !rest.Contains(' ');
}
