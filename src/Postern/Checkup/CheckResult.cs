namespace Postern.Program.Checkup;

/// <summary>One line of <c>doctor</c>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Health">How it ended.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Advice">What to do; empty when nothing.</param>
internal sealed record CheckResult(string Name, Health Health, string Detail, string Advice = "")
{
    public static CheckResult Ok(string name, string detail) => new(name, Health.Ok, detail);
}
