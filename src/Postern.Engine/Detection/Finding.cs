using Postern.Engine.Views;

namespace Postern.Engine.Detection;

/// <summary>What was seen, where, through which view, by which rule. Never the secret itself.</summary>
/// <param name="Rule">The rule that matched.</param>
/// <param name="Confidence">How likely the finding is true.</param>
/// <param name="Where">The part, for example <c>header:authorization</c> or <c>body$.args.path</c>.</param>
/// <param name="View">The chain that made it visible, for example <c>raw&gt;base64</c>.</param>
/// <param name="Start">First byte in the message's own bytes; -1 when the finding has no place.</param>
/// <param name="Length">Length in the message's own bytes.</param>
/// <param name="Fingerprint">Keyed hash of the matched bytes, so that equal secrets can be told equal; empty when there is none.</param>
public sealed record Finding(
    Rule Rule,
    Confidence Confidence,
    string Where,
    string View,
    int Start,
    int Length,
    string Fingerprint)
{
    /// <summary>Why the finding costs nothing although it is true; it is recorded all the same.</summary>
    public Acceptance Acceptance { get; init; }

    /// <summary>Why, where the rule alone does not say it; null when it does. Never anything of the text that could be a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>The reason of the suppression, or the class of what now stands in its place; empty when nothing was accepted. Never content.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>The steps that <see cref="View"/> names.</summary>
    internal ViewChain Chain { get; init; }

    /// <summary>Of what has no place in the message's bytes.</summary>
    internal static Finding At(string where, Rule rule, Confidence confidence, string? detail = null) =>
        new(rule, confidence, where, string.Empty, -1, 0, string.Empty) { Detail = detail };
}
