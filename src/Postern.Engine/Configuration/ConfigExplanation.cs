using System.Text;

namespace Postern.Engine.Configuration;

/// <summary>Everything worth knowing about one key. Fields that do not apply are empty; secrets are placeholders.</summary>
public sealed record ConfigExplanation
{
    /// <summary>The full key.</summary>
    public required string Key { get; init; }

    /// <summary>Meaning, and the reason for the default where one needs telling.</summary>
    public required string Meaning { get; init; }

    /// <summary>The type of value.</summary>
    public required string Type { get; init; }

    /// <summary>The unit of a number.</summary>
    public required string Unit { get; init; }

    /// <summary>What is accepted.</summary>
    public required string Range { get; init; }

    /// <summary>The default as YAML; empty for a section and for a key that an item must have.</summary>
    public required string Default { get; init; }

    /// <summary>The value in force as YAML; empty when no configuration was given, and for keys of list items.</summary>
    public required string Value { get; init; }

    /// <summary>Where the value in force comes from: <c>file:line</c> or <c>default</c>; empty with <see cref="Value"/>.</summary>
    public required string Source { get; init; }

    /// <summary>YAML that sets the key.</summary>
    public required string Example { get; init; }

    /// <summary>Which change weakens protection, as a sentence.</summary>
    public required string Weakening { get; init; }

    /// <summary>True when a running program keeps the old value until it starts again.</summary>
    public required bool NeedsRestart { get; init; }

    /// <summary>The explanation as lines for a terminal.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Key).Append('\n').Append("  ").Append(Meaning).Append('\n');
        Append(text, "type", Unit.Length == 0 ? Type : $"{Type}, in {Unit}");
        Append(text, "accepted", Range);
        Append(text, "default", Default);
        Append(text, "value", Value.Length == 0 ? "" : $"{Value} ({Source})");
        Append(text, "caution", Weakening);
        Append(text, "reload", NeedsRestart ? "takes effect at the next start" : "takes effect at once");
        return text.Append("  example:\n    ").Append(Example.Replace("\n", "\n    ", StringComparison.Ordinal)).ToString();
    }

    private static void Append(StringBuilder text, string label, string value)
    {
        if (value.Length > 0)
        {
            text.Append("  ").Append(label).Append(": ").Append(value).Append('\n');
        }
    }
}
