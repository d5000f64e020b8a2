using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>Adapters and releases decide nothing: they name no detector, no severity and no rule id.</summary>
internal sealed partial class TransportsNameNoRule : ISourceCheck
{
    public IEnumerable<Violation> Look(SourceFile file) => !file.IsIn(Territory.Transports)
        ? []
        : file.Root.DescendantTokens().Where(IsVerdictTalk).Select(token => file.At(token, $"names {token.Text}; a transport knows no rules"));

    private static bool IsVerdictTalk(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.IdentifierToken => token.ValueText is "Severity" or "Confidence" or "RuleCategory"
            || token.ValueText.EndsWith("Detector", StringComparison.Ordinal)
            || IsRuleTable(token.ValueText),
        SyntaxKind.InterpolatedStringTextToken => RuleIdStart().IsMatch(token.ValueText),
        SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken => RuleId().IsMatch(token.ValueText),
        _ => false,
    };

    // The tables in which the engine declares its rules. "Rules" alone counts or lists them; the other two are about HTTP hops and ASN.1.
    private static bool IsRuleTable(string name) => name.EndsWith("Rules", StringComparison.Ordinal) && name is not ("Rules" or "HeaderRules" or "AsnEncodingRules");

    [GeneratedRegex(@"^(secret|injection|destination|protocol|uninspectable|budget|operation)\.[a-z0-9.-]+\z")]
    private static partial Regex RuleId();

    // An id composed by interpolation: its text may end at the dot.
    [GeneratedRegex(@"^(secret|injection|destination|protocol|uninspectable|budget|operation)\.[a-z0-9.-]*\z")]
    private static partial Regex RuleIdStart();
}
