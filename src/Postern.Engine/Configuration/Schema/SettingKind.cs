using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A type of value: how it is read, shown, written canonically and compared. Values are boxed; configuration is not a hot path.</summary>
internal abstract class SettingKind
{
    /// <summary>For people, for example <c>whole number</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The unit of a number; empty when there is none.</summary>
    public virtual string Unit => "";

    /// <summary>What is accepted; empty when the name says it all.</summary>
    public virtual string Range => "";

    /// <summary>A value that is accepted, as YAML; empty when the default serves as one.</summary>
    public virtual string Example => "";

    /// <summary>Reads a value, or logs why not and returns null.</summary>
    public abstract object? Read(YamlNode node, BindScope scope);

    /// <summary>The value as YAML on one line; secrets as a placeholder.</summary>
    public abstract string Show(object value);

    /// <summary>True for values that are never shown, and are no part of the canonical form.</summary>
    public virtual bool IsSecret => false;

    /// <summary>Appends the canonical JSON of the value; of a secret only the placeholder.</summary>
    public virtual void WriteCanonical(object value, StringBuilder json) => JsonText.Write(Show(value), json);

    /// <summary>Where the value stands for <see cref="Weakens.WhenRaised"/> and <see cref="Weakens.WhenLowered"/>.</summary>
    public virtual double Rank(object value) => 0;

    /// <summary>True when <paramref name="wide"/> lets through everything that <paramref name="narrow"/> does; for lists.</summary>
    public virtual bool Covers(object wide, object narrow) => Same(wide, narrow);

    /// <summary>True when the value says "not set"; for texts.</summary>
    public virtual bool IsUnset(object value) => false;

    /// <summary>What weakens, in words.</summary>
    public virtual string Describe(Weakens weakens) => weakens switch
    {
        Weakens.WhenRaised => "a higher value weakens protection",
        Weakens.WhenLowered => "a lower value weakens protection",
        Weakens.WhenGrown => "adding entries weakens protection",
        Weakens.WhenShrunk => "removing entries weakens protection",
        Weakens.WhenChanged => "changing or removing a value weakens protection",
        _ => "no change weakens protection",
    };

    public virtual bool Same(object left, object right) => Canonical(left) == Canonical(right);

    private string Canonical(object value)
    {
        var json = new StringBuilder();
        WriteCanonical(value, json);
        return json.ToString();
    }
}
