namespace Postern.Engine.Monitoring.Adaptive;

/// <summary>Levels and tiers as configuration, evidence and the control API name them.</summary>
public static class AdaptiveWords
{
    /// <summary><c>normal</c>, <c>elevated</c>, <c>high</c>, <c>critical</c> or <c>never</c>.</summary>
    public static string Of(ThreatLevel level) => level switch
    {
        ThreatLevel.Normal => "normal",
        ThreatLevel.Elevated => "elevated",
        ThreatLevel.High => "high",
        ThreatLevel.Critical => "critical",
        _ => "never",
    };

    /// <summary><c>none</c>, <c>soft</c>, <c>hard</c> or <c>drain</c>.</summary>
    public static string Of(AirlockTier tier) => tier switch
    {
        AirlockTier.None => "none",
        AirlockTier.Soft => "soft",
        AirlockTier.Hard => "hard",
        _ => "drain",
    };

    /// <summary>The tier of that name; null for any other word.</summary>
    public static AirlockTier? TierOf(string word) => Enum.GetValues<AirlockTier>().Where(tier => Of(tier) == word).Select(static tier => (AirlockTier?)tier).FirstOrDefault();
}
