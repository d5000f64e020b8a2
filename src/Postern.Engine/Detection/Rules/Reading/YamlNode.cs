namespace Postern.Engine.Detection.Rules.Reading;

/// <summary>One node of a rule file with its place, so that every error can say where.</summary>
/// <param name="Kind">Scalar, list or map.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Column">Column of its first character, from 1.</param>
internal sealed record YamlNode(YamlNodeKind Kind, int Line, int Column)
{
    /// <summary>A scalar's text; empty otherwise.</summary>
    public string Text { get; init; } = "";

    /// <summary>A scalar that was written in quotes is text whatever it looks like.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>A list's items.</summary>
    public List<YamlNode> Items { get; } = [];

    /// <summary>A map's entries in document order; keys are unique.</summary>
    public List<(YamlNode Key, YamlNode Value)> Entries { get; } = [];
}
