using Postern.Engine.Detection.Tools;

namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>One call of a tool as monitors see it: what it does, and nothing of what it says.</summary>
/// <param name="Name">The tool's name where it is fit to be printed, else a word in its place.</param>
/// <param name="Tool">A hash of the tool's name.</param>
/// <param name="Kinds">What the call does.</param>
internal sealed record CallSummary(string Name, uint Tool, CallKinds Kinds)
{
    /// <summary>Longer names are printed as a word in their place.</summary>
    public const int MaxName = 24;

    private const int MaxWord = 14;
    private const int MaxDigits = 2;

    /// <summary>A hash of the file's name that is written or run; 0 when there is none.</summary>
    public uint File { get; init; }

    /// <summary>A hash of the arguments as they were written.</summary>
    public ulong Arguments { get; init; }

    /// <summary>The arguments' length in bytes.</summary>
    public int Bytes { get; init; }

    /// <summary>How far the files that it changes are protected.</summary>
    public Protection Protection { get; init; }

    /// <summary>Agents may call what they like by any name: only names made of short words are repeated.</summary>
    public static string Printable(string tool)
    {
        var isPlain = tool.Length is > 0 and <= MaxName && tool.Count(char.IsAsciiDigit) <= MaxDigits
            && tool.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/')
            && ToolWords.Split(tool).All(static word => word.Length <= MaxWord);
        return isPlain ? tool : "a tool";
    }
}
