namespace Postern.Engine.Yaml;

/// <summary>What a scalar says it is, by the core schema of YAML 1.2. The words of YAML 1.1 (yes, no, on, off) are text.</summary>
public enum YamlScalarType : byte
{
    /// <summary>Quoted, block style, or plain and nothing else.</summary>
    Text,

    /// <summary>Plain and empty, <c>~</c> or <c>null</c>.</summary>
    Null,

    /// <summary>Plain <c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Plain decimal digits with an optional sign.</summary>
    Whole,

    /// <summary>A plain decimal number with a point or an exponent.</summary>
    Decimal,
}
