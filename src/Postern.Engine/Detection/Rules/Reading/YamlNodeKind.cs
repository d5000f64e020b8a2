namespace Postern.Engine.Detection.Rules.Reading;

/// <summary>What a node of a rule file is.</summary>
internal enum YamlNodeKind : byte
{
    Scalar,
    List,
    Map,
}
