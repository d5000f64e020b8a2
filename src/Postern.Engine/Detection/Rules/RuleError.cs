namespace Postern.Engine.Detection.Rules;

/// <summary>One reason why a rule file cannot be used.</summary>
/// <param name="File">The file's name as the caller gave it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong; names the rule where there is one.</param>
public sealed record RuleError(string File, int Line, int Column, string Message)
{
    /// <summary>The form that compilers and editors understand.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{File}({Line},{Column}): error RULE: {Message}");
}
