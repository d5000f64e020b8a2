using Postern.Engine.Detection;
using Postern.Engine.Detection.Crypto;
using Postern.Engine.Detection.Known;
using Postern.Engine.Monitoring;

namespace Postern.Engine.Policy;

/// <summary>Rules about content that no table describes: what they find is calculated, or known only at run time.</summary>
internal static class CodedRules
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Rule> All => [.. OwnRules.All, .. CryptoRules.All, .. SequenceRules.All];
}
