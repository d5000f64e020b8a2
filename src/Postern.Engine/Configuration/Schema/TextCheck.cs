namespace Postern.Engine.Configuration.Schema;

/// <summary>The outcome of checking a text against a format.</summary>
/// <param name="Canonical">The one spelling that is kept; meaningless with a fault.</param>
/// <param name="Fault">Why it is refused, without the text itself; null when it is not.</param>
internal sealed record TextCheck(string Canonical, string? Fault)
{
    public static TextCheck Ok(string canonical) => new(canonical, null);

    public static TextCheck Refuse(string fault) => new("", fault);
}
