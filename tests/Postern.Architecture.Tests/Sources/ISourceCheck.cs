namespace Postern.Architecture.Tests.Sources;

/// <summary>One rule of the house over the syntax of one file.</summary>
internal interface ISourceCheck
{
    /// <summary>Every place in <paramref name="file"/> that breaks the rule; a file the rule is not about gives none.</summary>
    IEnumerable<Violation> Look(SourceFile file);
}
