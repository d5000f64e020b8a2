namespace Postern.Engine.Yaml;

/// <summary>The three shapes a YAML value can have.</summary>
public enum YamlKind : byte
{
    /// <summary>A single text, quoted or plain.</summary>
    Scalar,

    /// <summary>A list.</summary>
    Sequence,

    /// <summary>Keys and values.</summary>
    Mapping,
}
