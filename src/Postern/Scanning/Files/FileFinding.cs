using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Program.Scanning.Files;

/// <summary>A finding with its place in a file.</summary>
/// <param name="Path">The file as it is printed.</param>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Column">The character of that line, from 1.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Effect">What the judge says of it.</param>
internal sealed record FileFinding(string Path, int Line, int Column, Finding Finding, Effect Effect)
{
    /// <summary>Where it begins in the text, in bytes.</summary>
    public int Start { get; init; }

    /// <summary>Sixteen bits of the matched bytes: enough to tell two values in one file apart, too few to guess one by.</summary>
    public string Tag { get; init; } = string.Empty;

    /// <summary>Who accepted it: <c>comment</c>, <c>baseline</c> or <c>configuration</c>; null when nobody did.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>Why it was accepted.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>True when it would be refused, and nobody accepted it.</summary>
    public bool IsObjection => Effect != Effect.Allow && AcceptedBy is null;

    /// <summary>The word of the verdict.</summary>
    public string Verdict => VerdictNames.Of(Effect, true);
}
