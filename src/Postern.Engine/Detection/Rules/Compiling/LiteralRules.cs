namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>What makes a literal worth searching for.</summary>
internal static class LiteralRules
{
    /// <summary>Shorter literals stand in ordinary text all the time.</summary>
    public const int MinLength = 3;

    /// <summary>What fits the rule table's length byte.</summary>
    public const int MaxLength = 255;

    public static string Requirement => $"a literal that is searched for has {MinLength} to {MaxLength} bytes";

    public static bool IsSearchable(int length) => length is >= MinLength and <= MaxLength;
}
