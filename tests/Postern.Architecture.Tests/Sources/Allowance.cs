namespace Postern.Architecture.Tests.Sources;

/// <summary>One exception to a rule, with the reason it stands.</summary>
/// <param name="Path">The file, from the repository root.</param>
/// <param name="Member">The member within it; empty means the whole file.</param>
/// <param name="Reason">Why the rule may be broken here; never empty.</param>
internal sealed record Allowance(string Path, string Member, string Reason)
{
    /// <summary>True when this exception is meant for <paramref name="violation"/>.</summary>
    public bool Covers(Violation violation) =>
        Path == violation.Path && (Member.Length == 0 || Member == violation.Member);
}
