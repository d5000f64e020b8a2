namespace Postern.Engine.Configuration;

/// <summary>A secret that stands in the configuration. Prints as a placeholder, so that no log or message can hold it by accident.</summary>
public sealed class SecretText : IEquatable<SecretText>
{
    private readonly string _text;

    /// <summary>Wraps a secret; it must not be empty.</summary>
    public SecretText(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _text = text;
    }

    /// <summary>The secret itself, for the one place that compares or sends it.</summary>
    public string Reveal() => _text;

    /// <summary>True for the same secret. Not constant in time: for comparing configurations, not for checking credentials.</summary>
    public bool Equals(SecretText? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretText);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>A placeholder, never the secret.</summary>
    public override string ToString() => "(secret)";
}
