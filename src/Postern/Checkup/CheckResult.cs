using System.Text.Json;

namespace Postern.Program.Checkup;

/// <summary>One line of <c>doctor</c>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Health">How it ended.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Advice">What to do; empty when nothing.</param>
internal sealed record CheckResult(string Name, Health Health, string Detail, string Advice = "")
{
    public static CheckResult Ok(string name, string detail) => new(name, Health.Ok, detail);

    /// <summary>ok, warn or fail.</summary>
    public string Word => Health switch { Health.Ok => "ok", Health.Warn => "warn", _ => "fail" };

    /// <summary>Writes it as members of an object.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name);
        writer.WriteString("status", Word);
        writer.WriteString("detail", Detail);
        writer.WriteString("advice", Advice);
    }
}
