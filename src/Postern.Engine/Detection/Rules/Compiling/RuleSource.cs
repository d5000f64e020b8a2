using Postern.Engine.Yaml;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>A compiled rule with what proves it, before the proof is thrown away.</summary>
/// <param name="Rule">The compiled rule.</param>
/// <param name="Examples">Texts in which the rule must match.</param>
/// <param name="CounterExamples">Texts in which it must not.</param>
/// <param name="Place">Where the rule stands in its file.</param>
internal sealed record RuleSource(
    CompiledRule Rule,
    IReadOnlyList<string> Examples,
    IReadOnlyList<string> CounterExamples,
    YamlNode Place);
