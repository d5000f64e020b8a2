using System.Buffers;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Known;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Configuration;

/// <summary>The operator's own secrets and the canaries, as what looks for them.</summary>
internal static class KnownValueCompiler
{
    /// <summary>Shorter values give nothing away in part.</summary>
    private const int MinDivisible = 24;

    private static readonly SearchValues<byte> s_structure = SearchValues.Create(" \t\r\n:@"u8);

    /// <summary>The detector; none when no value is known.</summary>
    public static IDetector[] Compile(PosternConfig config, OwnSecrets own, List<string> errors)
    {
        var values = new List<KnownValue>();
        if (config.CanaryTokens.Enabled)
        {
            values.AddRange(config.CanaryTokens.Tokens.Select(static token => Known(OwnRules.CanaryNamed(token.Name), token.Value!)));
        }

        if (values.Select(static value => Encoding.UTF8.GetString(value.Bytes)).Distinct().Count() < values.Count)
        {
            errors.Add("canary_tokens.tokens: two tokens have the same value");
        }

        var homes = new OwnHomes(config.ApiAllowlist);
        values.AddRange(own.Values.Select(secret => Known(homes.RuleOf(secret.Name), secret.Value)));
        return values.Count == 0 ? [] : [new KnownValueDetector(values, own.Key.Span)];
    }

    private static KnownValue Known(Rule rule, SecretText value)
    {
        var bytes = Encoding.UTF8.GetBytes(value.Reveal());
        var isDivisible = bytes.Length >= MinDivisible && !bytes.AsSpan().ContainsAny(s_structure) && ValueRarity.IsRare(bytes);
        return new KnownValue(rule, bytes, isDivisible);
    }

    /// <summary>
    /// Where an own secret may go in a credential header: to hosts that the operator put on the allow-list, and to those that issue credentials of the vendor whose name
    /// begins the variable's. Never to a host that merely bears the vendor's name: anybody can register one.
    /// </summary>
    private sealed class OwnHomes(IReadOnlyList<string> allowlist)
    {
        private readonly string[] _allowed = [.. allowlist.Where(static host => Home.Parse(host) is { Kind: HomeKind.Header })];
        private readonly Dictionary<string, Rule> _rules = [];

        public Rule RuleOf(string variable)
        {
            if (variable.Length == 0)
            {
                return _allowed.Length == 0 ? OwnRules.File : Cached("", OwnRules.File);
            }

            var word = variable.Split('_')[0].ToLowerInvariant();
            return Cached(word, OwnRules.Environment);
        }

        private Rule Cached(string word, Rule rule)
        {
            if (!_rules.TryGetValue(word, out var homed))
            {
                var issued = word.Length == 0 ? [] : RuleCatalogue.All.Where(known => VendorOf(known.Id) == word).SelectMany(static known => known.Homes);
                _rules[word] = homed = rule with { Homes = [.. issued.Where(static home => home != Rule.AnyHome).Concat(_allowed).Distinct()] };
            }

            return homed;
        }

        private static string VendorOf(string id) => id.Split('.') is ["secret", var vendor, _, ..] ? vendor.Replace("-", "", StringComparison.Ordinal) : "";
    }
}
