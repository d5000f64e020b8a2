namespace Postern.Engine.Detection;

/// <summary>What every rule says about itself, whatever machine recognises it.</summary>
/// <param name="Id">Lower-case dotted, stable for ever, for example <c>secret.aws.access-key-id</c>.</param>
/// <param name="Title">A short name for people.</param>
/// <param name="Category">What it guards against.</param>
/// <param name="Severity">How bad a true finding is.</param>
/// <param name="Confidence">How likely a finding is true; a detector may report more or less for one finding.</param>
/// <param name="Remedy">What the reader of a refusal can do next; one sentence.</param>
/// <param name="Core">True for the floor that no configuration removes.</param>
public sealed record Rule(
    string Id,
    string Title,
    RuleCategory Category,
    Severity Severity,
    Confidence Confidence,
    string Remedy,
    bool Core = false)
{
    /// <summary>Stands in <see cref="Homes"/> for bearer shapes whose issuer cannot be told from the value.</summary>
    public const string AnyHome = "any";

    /// <summary>Places that take this credential: domain patterns of hosts that issue it (in a credential header), with a path, a query parameter
    /// (<c>host?name</c>) or a field of the body (<c>host/path#name</c>).</summary>
    public IReadOnlyList<string> Homes { get; init; } = [];
}
